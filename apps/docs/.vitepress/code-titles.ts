import type { MarkdownRenderer } from 'vitepress'

/** Shows the title of a block of code, as in ```js [detect.mjs], above it. */
export function showCodeTitles({ renderer, utils }: MarkdownRenderer): void {
  const fence = renderer.rules.fence!
  renderer.rules.fence = (tokens, index, options, env, self) => {
    // VitePress takes the title out of the token.
    const [, title] = /\[(.+)\]$/.exec(tokens[index]!.info.trim()) ?? []
    const html = fence(tokens, index, options, env, self)
    if (!title) return html
    return `<div class="code-block"><div class="code-title">${utils.escapeHtml(title)}</div>${html}</div>`
  }
}
