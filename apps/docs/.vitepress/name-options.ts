import type { MarkdownRenderer } from 'vitepress'

const row = /<tr id="([^"]*)">\s*<td[^>]*>(.*?)<\/td>([\s\S]*?)<\/tr>/g

/** Gives each row of a table of options an address: its option's name. */
export function nameOptions(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('name-options', ({ tokens }) => {
    const taken = new Set<string>()
    let inOptions = false
    for (const [i, { type }] of tokens.entries()) {
      if (type === 'thead_open') inOptions = tokens[i + 3]?.content === 'option'
      if (type !== 'tr_open' || !inOptions) continue
      const name = /`-*([\w-]+)[^`]*`/.exec(tokens[i + 2]?.content ?? '')?.[1]
      if (!name || taken.has(name)) continue
      taken.add(name)
      tokens[i]!.attrSet('id', `option-${name}`)
    }
  })
}

/**
 * A page as the search reads it: with a section for each option, so that an option's name leads to the
 * row that explains it.
 */
export function renderForSearch(
  source: string,
  env: object,
  markdown: Pick<MarkdownRenderer, 'render'>,
): string {
  const html = markdown.render(source, env)
  const sections = [...html.matchAll(row)].map(([, id, name, what]) => {
    return `<h2>${name}<a href="#${id}"></a></h2>${what}`
  })
  return html + sections.join('\n')
}
