import { type EncodedSource, readEncoded } from '@retinaface/node'
import { describeError } from '@retinaface/node/results'
import { CliError } from '../cli-error.ts'

/** The bytes from standard input, or why there are none. */
export function readStandardInput(): Promise<Uint8Array | CliError> {
  if (!process.stdin.isTTY) return read(process.stdin)
  const message = 'Standard input is the terminal. Pipe a picture into the command.'
  return Promise.resolve(new CliError('NO_INPUT', message))
}

/** The same from a pipe or device, which can be read once only. */
export function readPipe(path: string): Promise<Uint8Array | CliError> {
  return read(toPath(path))
}

/** A file may be named like a URL; it is a path all the same. */
export function toPath(path: string): string {
  return path.startsWith('file:') ? `./${path}` : path
}

async function read(source: EncodedSource): Promise<Uint8Array | CliError> {
  try {
    return await readEncoded(source)
  } catch (error) {
    return new CliError('IMAGE_READ', describeError(error).message, error)
  }
}
