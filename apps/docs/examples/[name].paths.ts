import { readExamples } from '../.vitepress/read-examples.ts'

/** One page for each example. */
const pages: { paths(): { params: { name: string }; content: string }[] } = {
  paths: () =>
    readExamples().map(({ name, title, description }) => ({
      params: { name },
      content: `---
pageClass: wide-page
aside: false
---

# ${title}

${description}

<LiveExample name="${name}">

<<< @/examples/${name}/index.ts

</LiveExample>
`,
    })),
}

export default pages
