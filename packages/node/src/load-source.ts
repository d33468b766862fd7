import { constants, open } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { CancelSignal } from '@retinaface/core'
import { isBlob, isUrl } from './any-realm.ts'
import { isStream, readEncoded } from './read-encoded.ts'
import type { NodeImageSource } from './read-image.ts'

/** A picture that is there: in memory, or a file. */
export type LoadedSource = Exclude<NodeImageSource, Readable | ReadableStream | Blob>

/**
 * Waits for streams and pipes, which may never come, and reads Blobs; gives on what is there already.
 *
 * @throws {ImageReadError} if the stream fails or brings too much, and the reason of `signal`
 */
export async function loadSource(
  source: NodeImageSource,
  signal: CancelSignal,
): Promise<LoadedSource> {
  if (isStream(source) || isBlob(source)) return readEncoded(source, signal)
  const pipe = typeof source === 'string' || isUrl(source) ? await openPipe(source) : undefined
  return pipe ? readEncoded(pipe, signal) : source
}

/** Opened in the usual way, a pipe that nobody writes to blocks a thread for ever. */
async function openPipe(source: string | URL): Promise<Readable | undefined> {
  try {
    const path = String(source).startsWith('file:') ? fileURLToPath(source) : source
    if (!(await stat(path)).isFIFO()) return undefined
    const fd = await promisify(open)(path, constants.O_RDONLY | constants.O_NONBLOCK)
    return new Socket({ fd, readable: true, writable: false })
  } catch {
    // Reading says what is wrong with it.
    return undefined
  }
}
