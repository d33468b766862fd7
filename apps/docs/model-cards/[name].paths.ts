import { readModelCards } from '../.vitepress/read-model-cards.ts'

/** One page for each model card of `@retinaface/models`. */
const pages: { paths(): { params: { name: string }; content: string }[] } = {
  paths: () => readModelCards().map(({ name, content }) => ({ params: { name }, content })),
}

export default pages
