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
