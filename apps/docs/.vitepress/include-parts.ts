import { readFileSync } from 'node:fs'
import type { MarkdownRenderer } from 'vitepress'

const root = new URL('../../../', import.meta.url)
const request = /^<!--\s*@part:\s*(\S+)\s+"(.+)"\s*-->$/gm

/**
 * Lets a page show a part of a file of the repository: `<!--@part: path "Title"-->`, so that figures
 * stand in one place. A part begins with a heading or with bold words at the start of a line.
 */
export function includeParts(markdown: MarkdownRenderer): void {
  markdown.core.ruler.before('normalize', 'include-parts', (state) => {
    state.src = state.src.replaceAll(request, (_, file: string, title: string) =>
      partOf(readFileSync(new URL(file, root), 'utf8'), title, file),
    )
  })
}

/**
 * The text below a heading, or after bold words, up to the next heading or part of its rank.
 *
 * @throws {Error} if there is none.
 */
export function partOf(text: string, title: string, file: string): string {
  const lines = text.split('\n')
  const begin = lines.findIndex((line) => titleOf(line) === title)
  if (begin < 0) throw new Error(`${file} has no part "${title}".`)
  const first = lines[begin]!
  const rank = rankOf(first)
  const length = lines.slice(begin + 1).findIndex((line) => rankOf(line) <= rank)
  const rest = lines.slice(begin + 1, length < 0 ? undefined : begin + 1 + length)
  const said = first.startsWith('#') ? '' : first.replace(/^\*\*.*?\*\*\s*/, '')
  return [said, ...rest].join('\n').trim()
}

function titleOf(line: string): string | undefined {
  return /^#{1,6} (.*)$/.exec(line)?.[1] ?? /^\*\*(.*?)\.?\*\*/.exec(line)?.[1]
}

/** 1 to 6 for headings, 7 for bold words, 8 for everything else. */
function rankOf(line: string): number {
  const [marks] = /^#{1,6} /.exec(line) ?? []
  if (marks) return marks.length - 1
  return line.startsWith('**') ? 7 : 8
}
