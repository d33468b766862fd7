import { ServerError } from '../server-error.ts'

/**
 * The URLs of a list with one a line, as `{"url":"https://…"}` or `"https://…"`.
 *
 * @throws {ServerError} naming the line that is none
 */
export function readUrlList(text: string, most: number): { readonly url: string }[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length === 0) throw new ServerError(400, 'NO_PICTURE', 'The list has no URL.')
  if (lines.length > most) {
    throw new ServerError(413, 'TOO_MANY', `A request may have at most ${most} pictures.`)
  }
  return lines.map((line, i) => ({ url: urlOf(line, i + 1) }))
}

function urlOf(line: string, number: number): string {
  const expected = `Line ${number} of the list is not {"url":"https://…"}.`
  try {
    const value: unknown = JSON.parse(line)
    const isObject = typeof value === 'object' && value !== null && 'url' in value
    const url = isObject ? value.url : value
    if (typeof url === 'string') return new URL(url).href
  } catch {
    // It is no JSON, or no URL.
  }
  throw new ServerError(400, 'BAD_LIST', expected)
}
