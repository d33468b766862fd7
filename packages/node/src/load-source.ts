import { constants, createReadStream, open } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Socket } from 'node:net'
import { addAbortSignal, Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type CancelSignal, InvalidArgumentError, type PixelImage } from '@retinaface/core'
import { assertFewBytes, readFailure } from './read-failure.ts'

/**
 * What `detect` takes for a picture: a path, a `file:` URL, an encoded picture in memory or as a
 * stream, or raw pixels.
 */
export type NodeImageSource =
  | string
  | URL
  | Uint8Array
  | ArrayBuffer
  | Readable
  | ReadableStream
  | PixelImage

/** An encoded picture that came through a stream. */
export interface StreamedPicture {
  readonly encoded: Uint8Array
  /** How messages call it. */
  readonly name: string
}

/** A picture that is there: in memory, or a file. */
export type LoadedSource = Exclude<NodeImageSource, Readable | ReadableStream> | StreamedPicture

/**
 * Waits for streams and pipes, which may never come; gives on what is there already.
 *
 * @param pixelLimit no more bytes are taken than a picture of so many pixels has
 * @throws {InvalidArgumentError} if the source is none
 * @throws {ImageReadError} if the stream fails or brings too much, and the reason of `signal`
 */
export async function loadSource(
  source: NodeImageSource | StreamedPicture,
  pixelLimit: number,
  signal: CancelSignal,
): Promise<LoadedSource> {
  if (isLoaded(source)) return source
  const name = nameSource(source)
  try {
    const stream = await openStream(source)
    if (!stream) return source as string | URL
    return { name, encoded: await readStream(stream, name, pixelLimit, signal) }
  } catch (error) {
    signal.throwIfAborted()
    throw readFailure(name, source, error)
  }
}

/** How messages call a source that is not there yet, or a file. */
function nameSource(source: string | URL | Readable | ReadableStream): string {
  if (typeof source === 'string') return JSON.stringify(source)
  if (source instanceof URL) return JSON.stringify(source.href)
  if (source instanceof Readable || isWebStream(source)) return 'the picture from a stream'
  throw new InvalidArgumentError(
    'source',
    'a path, file: URL, Buffer, Uint8Array, ArrayBuffer, stream or { data, width, height, channels }',
    source,
  )
}

/** The stream of what is one; of paths, only those that are no files. */
async function openStream(
  source: string | URL | Readable | ReadableStream,
): Promise<Readable | undefined> {
  if (source instanceof Readable) return source
  if (typeof source !== 'string' && !(source instanceof URL)) return Readable.fromWeb(source)
  const path = toPath(source)
  const kind = await stat(path)
  if (kind.isCharacterDevice()) return createReadStream(path)
  if (!kind.isFIFO()) return undefined
  // Opened in the usual way, a pipe that nobody writes to blocks a thread for ever.
  const fd = await promisify(open)(path, constants.O_RDONLY | constants.O_NONBLOCK)
  return new Socket({ fd, readable: true, writable: false })
}

async function readStream(
  stream: Readable,
  name: string,
  pixelLimit: number,
  signal: CancelSignal,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let count = 0
  for await (const chunk of addAbortSignal(signal as AbortSignal, stream)) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : new Uint8Array(chunk)
    chunks.push(bytes)
    count += bytes.length
    assertFewBytes(name, count, pixelLimit)
  }
  return Buffer.concat(chunks)
}

/** The path of a file that is given by it or by a `file:` URL. */
export function toPath(source: string | URL): string {
  if (source instanceof URL || source.startsWith('file:')) return fileURLToPath(source)
  return source
}

function isLoaded(
  source: NodeImageSource | StreamedPicture,
): source is Uint8Array | ArrayBuffer | StreamedPicture | PixelImage {
  if (typeof source !== 'object' || source === null) return false
  const isBytes = source instanceof Uint8Array || source instanceof ArrayBuffer
  return isBytes || 'encoded' in source || ('data' in source && 'width' in source)
}

function isWebStream(source: unknown): source is ReadableStream {
  return typeof source === 'object' && source !== null && 'getReader' in source
}
