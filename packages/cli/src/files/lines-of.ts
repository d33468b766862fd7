import type { FileHandle } from 'node:fs/promises'

/** A line of a file. */
export interface Line {
  /** Without its newline; undefined if it is longer than is kept in memory. */
  readonly text: string | undefined
  /** Bytes, its newline among them. */
  readonly length: number
  /** False for a last line that has no newline. */
  readonly isTerminated: boolean
}

const newline = 0x0a

/**
 * The lines of a file from its beginning, in time and memory that grow with them no faster than they do.
 *
 * @param longest bytes of a line that are kept
 */
export async function* linesOf(
  file: FileHandle,
  longest: number,
): AsyncGenerator<Line, void, undefined> {
  let parts: Buffer[] = []
  let length = 0
  const add = (part: Buffer): void => {
    length += part.length
    if (length <= longest) parts.push(part)
    else parts = []
  }
  const take = (isTerminated: boolean): Line => {
    const text = length <= longest ? Buffer.concat(parts).toString() : undefined
    const line = { text, length: length + (isTerminated ? 1 : 0), isTerminated }
    parts = []
    length = 0
    return line
  }
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) {
    let start = 0
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, start)) {
      add(chunk.subarray(start, at))
      yield take(true)
      start = at + 1
    }
    add(chunk.subarray(start))
  }
  if (length > 0) yield take(false)
}
