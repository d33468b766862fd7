import { createReadStream } from 'node:fs'
import { appendFile, truncate } from 'node:fs/promises'
import { CliError } from '../cli-error.ts'

/** What an earlier run did. */
export interface Finished {
  /** As results name them. */
  readonly pictures: ReadonlySet<string>
  /** Files that results name, from the output folder. */
  readonly outputs: readonly string[]
}

/**
 * The pictures that an earlier run wrote to an NDJSON file; none if there is no such file. A last
 * line that a crash cut short is removed, so that the file can be appended to.
 *
 * @throws {CliError} if the file holds something else
 */
export async function readFinished(path: string): Promise<Finished> {
  const pictures = new Set<string>()
  const outputs: string[] = []
  let number = 0
  let end = 0
  for await (const line of linesOf(path)) {
    number += 1
    const entry = parseEntry(line.toString())
    const isTerminated = line.at(-1) === newline
    if (entry) pictures.add(entry.file)
    if (entry) outputs.push(...outputsOf(entry))
    if (entry && !isTerminated) await appendFile(path, '\n')
    if (!entry && isTerminated) throw notResults(path, number)
    if (!entry && !isTerminated) await truncate(path, end)
    end += line.length
  }
  return { pictures, outputs }
}

const newline = 0x0a

/** Lines with their newline; the last one may lack it. */
async function* linesOf(path: string): AsyncGenerator<Buffer, void, undefined> {
  let rest = Buffer.alloc(0)
  try {
    for await (const chunk of createReadStream(path)) {
      rest = Buffer.concat([rest, chunk])
      let start = 0
      for (let at = rest.indexOf(newline); at >= 0; at = rest.indexOf(newline, start)) {
        yield rest.subarray(start, at + 1)
        start = at + 1
      }
      rest = rest.subarray(start)
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw error
  }
  if (rest.length > 0) yield rest
}

/** A result of whatever command; only its picture is sure. */
interface Entry {
  readonly file: string
  readonly overlay?: unknown
  readonly faces?: unknown
}

function parseEntry(line: string): Entry | undefined {
  try {
    const entry = JSON.parse(line)
    return typeof entry.file === 'string' ? entry : undefined
  } catch {
    return undefined
  }
}

function outputsOf({ overlay, faces }: Entry): string[] {
  const entries: { crop?: unknown; files?: unknown }[] = Array.isArray(faces) ? faces : []
  const names = [overlay, ...entries.flatMap((face) => [face?.crop, face?.files].flat())]
  return names.filter((name) => typeof name === 'string')
}

function notResults(path: string, line: number): CliError {
  return new CliError(
    'RESUME',
    `Line ${line} of ${JSON.stringify(path)} is not a result of this command, so there is no resuming from it. Name another file.`,
  )
}
