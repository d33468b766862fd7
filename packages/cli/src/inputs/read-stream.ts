import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { CliError, describeError } from '../cli-error.ts'

/** The bytes from standard input, or why there are none. */
export function readStandardInput(): Promise<Uint8Array | CliError> {
  if (!process.stdin.isTTY) return readStream(process.stdin, 'standard input')
  const message = 'Standard input is the terminal. Pipe a picture into the command.'
  return Promise.resolve(new CliError('NO_INPUT', message))
}

/** The same from a pipe or device, which can be read once only. */
export function readPipe(path: string): Promise<Uint8Array | CliError> {
  return readStream(createReadStream(path), JSON.stringify(path))
}

async function readStream(stream: Readable, name: string): Promise<Uint8Array | CliError> {
  try {
    return await buffer(stream)
  } catch (error) {
    const message = `Could not read ${name}: ${describeError(error).message}`
    return new CliError('IMAGE_READ', message, error)
  }
}
