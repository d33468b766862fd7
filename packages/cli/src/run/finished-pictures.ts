import { createReadStream } from 'node:fs'
import { appendFile, truncate } from 'node:fs/promises'
import { CliError } from '../cli-error.ts'

/**
 * The pictures that an earlier run wrote to an NDJSON file; none if there is no such file. A last
 * line that a crash cut short is removed, so that the file can be appended to.
 *
 * @throws {CliError} if the file holds something else
 */
export async function readFinished(path: string): Promise<Set<string>> {
  const finished = new Set<string>()
  let number = 0
  let end = 0
  for await (const line of linesOf(path)) {
    number += 1
    const file = fileOf(line.toString())
    const isTerminated = line.at(-1) === newline
    if (file !== undefined) finished.add(file)
    if (file !== undefined && !isTerminated) await appendFile(path, '\n')
    if (file === undefined && isTerminated) throw notResults(path, number)
    if (file === undefined && !isTerminated) await truncate(path, end)
    end += line.length
  }
  return finished
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

function fileOf(line: string): string | undefined {
  try {
    const { file } = JSON.parse(line)
    return typeof file === 'string' ? file : undefined
  } catch {
    return undefined
  }
}

function notResults(path: string, line: number): CliError {
  return new CliError(
    'RESUME',
    `Line ${line} of ${JSON.stringify(path)} is not a result of this command, so there is no resuming from it. Name another file.`,
  )
}
