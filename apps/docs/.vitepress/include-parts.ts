import { readFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MarkdownRenderer } from 'vitepress'

const root = new URL('../../../', import.meta.url)
const request = /^<!--\s*@part:\s*(\S+)(?:\s+"(.+)")?\s*-->$/gm
const fileLink = String.raw`\[[^\]]*\]\((?!https?:|#)[^)]+\)`
const onlyLink = new RegExp(String.raw` \(${fileLink}\)|(?<=[.!?]) ${fileLink}\.`, 'g')

/**
 * Lets a page show a file of the repository, or a part of it, so that figures stand in one place:
 * `<!--@part: path "Title"-->`. A part begins with a heading or with bold words at the start of a line.
 */
export function includeParts(markdown: MarkdownRenderer): void {
  markdown.core.ruler.before('normalize', 'include-parts', (state) => {
    const page = dirname(state.env.path ?? '')
    state.src = state.src.replaceAll(request, (_, file: string, title?: string) => {
      const url = new URL(file, root)
      const text = readFileSync(url, 'utf8')
      return moveLinks(title ? partOf(text, title, file) : withoutTitle(text), url, page)
    })
  })
}

/** The text below a heading, or after bold words, up to the next heading or part of its rank. */
function partOf(text: string, title: string, file: string): string {
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

function withoutTitle(text: string): string {
  return text.replace(/^# .*\n/, '')
}

/**
 * Makes pictures be found from the page, and leaves of links to other files their words. What says no
 * more than where a file is, in brackets or as a sentence of its own, is left out.
 */
function moveLinks(text: string, file: URL, page: string): string {
  return text
    .replaceAll(onlyLink, '')
    .replaceAll(/(!?)\[([^\]]*)\]\(([^)]+)\)/g, (whole, mark, words, target) => {
      if (/^(https?:|#)/.test(target)) return whole
      if (!mark) return words
      const picture = relative(page, fileURLToPath(new URL(target, file)))
      return `![${words}](${picture.startsWith('.') ? picture : `./${picture}`})`
    })
}
