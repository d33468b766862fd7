import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A block of code in a page. */
export interface CodeBlock {
  /** Page and line, as in `guide/quick-start.md:31`. */
  readonly place: string
  readonly language: 'js' | 'ts' | 'tsx'
  readonly code: string
  /** Why it cannot be run: the comment `<!-- not run: … -->` before it. */
  readonly notRun?: string
  /** What it prints, as the page says: the block of text that follows it. */
  readonly output?: string
}

const docs = fileURLToPath(new URL('../../', import.meta.url))
const folders = ['guide', 'recipes', 'migration', '.']

/**
 * The blocks of js, ts and tsx of the pages that are written by hand. Each stands alone. Code of other
 * libraries stands in blocks called `javascript`, and is not checked.
 */
export function readCodeBlocks(): CodeBlock[] {
  return folders.flatMap((folder) =>
    readdirSync(join(docs, folder))
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) => blocksOf(join(docs, folder, file))),
  )
}

function blocksOf(file: string): CodeBlock[] {
  const text = readFileSync(file, 'utf8')
  const fence =
    /(?:<!-- not run: (.*?) -->\n+)?^( *)```(js|tsx?)\b[^\n]*\n([\s\S]*?)^ *```$(?:\n+^ *```text\n([\s\S]*?)^ *```$)?/gm
  return [...text.matchAll(fence)].map((match) => {
    const [, notRun, indent, language, code, output] = match
    const line = text.slice(0, match.index).split('\n').length
    return {
      place: `${relative(docs, file)}:${line}`,
      language: language as CodeBlock['language'],
      code: code!.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      ...(notRun ? { notRun } : {}),
      ...(output ? { output } : {}),
    }
  })
}
