import { readdir } from 'node:fs/promises'
import { parse } from 'node:path'

/**
 * What outputs call the picture from standard input: `stdin`, or `stdin_1` and so on where a file of
 * the other inputs' folder has that name, whichever comes first.
 */
export async function standardInputName(commonFolder: string): Promise<string> {
  const entries = await readdir(commonFolder).catch(() => [])
  const taken = new Set(entries.map((entry) => parse(entry).name.toLowerCase()))
  let name = 'stdin'
  for (let number = 1; taken.has(name); number++) name = `stdin_${number}`
  return name
}
