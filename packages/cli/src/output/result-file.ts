import { type FileHandle, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CliError, OutputError } from '../cli-error.ts'
import { identityOf } from '../files/file-identity.ts'
import { openRegularFile } from '../files/regular-file.ts'
import { type Finished, readFinished } from './finished-pictures.ts'
import { isNdjson, isResult } from './is-result.ts'
import type { Sink } from './sink.ts'

/** How a file of results is opened. */
export interface ResultFileOptions {
  /** Go on after the results that it holds, lines of JSON, instead of beginning anew. */
  readonly resumes: boolean
  /** Identities of files that are never written to. */
  readonly inputs: ReadonlySet<string>
  /** Told which lines of the file are damaged. */
  readonly warn: (message: string) => void
}

/** A file of results, and what an earlier run that is gone on with did. */
export interface ResultFile {
  readonly finished: Finished
  readonly sink: Sink
}

const enough = 2 ** 16

/**
 * Opens a file of results, for writing at its end; its folder is created.
 *
 * @throws {CliError} if it is an input, or holds anything but results: it is then left as it is
 * @throws {OutputError} if it cannot be written
 */
export async function openResultFile(
  path: string,
  options: ResultFileOptions,
): Promise<ResultFile> {
  const failed = (error: unknown): never => {
    throw error instanceof CliError ? error : new OutputError(JSON.stringify(path), error)
  }
  await mkdir(dirname(path), { recursive: true }).catch(failed)
  const file = await openRegularFile(path).catch(failed)
  try {
    await expectResults(file, path, options)
    const finished = options.resumes ? await readFinished(file) : await beginAnew(file)
    for (const line of finished.damaged) {
      const done = 'Its picture is done again.'
      options.warn(`Line ${line} of ${JSON.stringify(path)} is damaged. ${done}`)
    }
    const write = (text: string) => file.appendFile(text).catch(failed)
    return { finished, sink: { isTerminal: false, write, close: () => file.close() } }
  } catch (error) {
    await file.close()
    return failed(error)
  }
}

async function beginAnew(file: FileHandle): Promise<Finished> {
  await file.truncate(0)
  return { pictures: new Set(), outputs: [], damaged: [] }
}

async function expectResults(
  file: FileHandle,
  path: string,
  { resumes, inputs }: ResultFileOptions,
): Promise<void> {
  const name = JSON.stringify(path)
  if (inputs.has(identityOf(await file.stat({ bigint: true })))) {
    throw new CliError('OUTPUT', `${name} is one of the inputs. Name another file for results.`)
  }
  const { buffer, bytesRead } = await file.read(Buffer.alloc(enough), 0, enough, 0)
  const beginning = buffer.toString('utf8', 0, bytesRead)
  if (bytesRead === 0 || (resumes ? isNdjson(beginning) : isResult(beginning))) return
  const what = resumes
    ? 'no line of JSON of this command, so there is no going on after it'
    : 'no result of this command, so it is not replaced'
  throw new CliError('OUTPUT', `Line 1 of ${name} is ${what}. Name another file.`)
}
