import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isatty } from 'node:tty'
import { OutputError } from '../cli-error.ts'

/** Where results go. Text that was written is not lost when the process ends. */
export interface Sink {
  /** Text could control what it shows. */
  readonly isTerminal: boolean
  /** @throws {OutputError} */
  write(text: string): Promise<void>
  close(): Promise<void>
}

/** Writes to standard output, no faster than it is read. */
export const standardOutput: Sink = {
  isTerminal: process.stdout.isTTY === true,
  write: (text) =>
    new Promise((resolve, reject) => {
      process.stdout.write(text, (error) => {
        if (error) reject(new OutputError('standard output', error))
        else resolve()
      })
    }),
  close: async () => undefined,
}

/** Writes to a file, from its beginning or, to resume, at its end; its folder is created. */
export async function openFile(path: string, mode: 'replace' | 'append'): Promise<Sink> {
  const failed = (error: unknown): never => {
    throw new OutputError(JSON.stringify(path), error)
  }
  await mkdir(dirname(path), { recursive: true }).catch(failed)
  const file = await open(path, mode === 'append' ? 'a' : 'w').catch(failed)
  return {
    isTerminal: isatty(file.fd),
    write: (text) => file.appendFile(text).catch(failed),
    close: () => file.close(),
  }
}
