import { readFile } from 'node:fs/promises'
import { addAbortSignal, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { ReadableStream } from 'node:stream/web'
import { fileURLToPath } from 'node:url'
import {
  assertPixelImage,
  type CancelSignal,
  ImageReadError,
  InvalidArgumentError,
  type PixelImage,
  type ShrinkPlan,
  type ShrunkenImage,
} from '@retinaface/core'
import { decodeImage } from './decode-image.ts'

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

/**
 * Reads a picture into upright 8-bit sRGB pixels.
 *
 * EXIF orientation is applied, colour profiles and CMYK are converted, 16-bit samples are reduced.
 *
 * @param pixelLimit pictures of more pixels are refused before they are decoded
 * @param shrink files may be decoded at this size; raw pixels come back as they are
 * @throws {ImageReadError} saying what is wrong with the picture and what to do
 */
export async function readImage(
  source: NodeImageSource,
  pixelLimit: number,
  signal?: CancelSignal,
  shrink?: ShrinkPlan,
): Promise<PixelImage | ShrunkenImage> {
  if (isPixelImage(source)) {
    assertPixelImage(source)
    return source
  }
  const name = describeSource(source)
  const encoded = await readBytes(source, name, signal)
  signal?.throwIfAborted()
  if (encoded.length === 0) throw new ImageReadError(name, 'it is empty (0 bytes).')
  return decodeImage(encoded, name, pixelLimit, shrink)
}

/** The bytes of a stream, which can be read once only; what is no stream comes back as it is. */
export async function withoutStream(
  source: NodeImageSource,
  signal?: CancelSignal,
): Promise<NodeImageSource> {
  const isStream = source instanceof Readable || isWebStream(source)
  return isStream ? readBytes(source, describeSource(source), signal) : source
}

async function readBytes(
  source: Exclude<NodeImageSource, PixelImage>,
  name: string,
  signal: CancelSignal | undefined,
): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source
  if (source instanceof ArrayBuffer) return new Uint8Array(source)
  const stop = signal instanceof AbortSignal ? { signal } : {}
  try {
    if (typeof source === 'string' || source instanceof URL) {
      // libvips would take "[…]" in a file's name for options, so it never sees names.
      return await readFile(toPath(source), stop)
    }
    const stream = source instanceof Readable ? source : Readable.fromWeb(source)
    return await buffer(stop.signal ? addAbortSignal(stop.signal, stream) : stream)
  } catch (error) {
    signal?.throwIfAborted()
    const isRemote = typeof source === 'string' && /^[a-z][a-z\d+.-]+:\/\//i.test(source)
    const reason = isRemote ? readFailures.ERR_INVALID_URL_SCHEME! : explainReadFailure(error)
    throw new ImageReadError(name, reason, error)
  }
}

function toPath(source: string | URL): string {
  if (source instanceof URL || source.startsWith('file:')) return fileURLToPath(source)
  return source
}

function describeSource(source: Exclude<NodeImageSource, PixelImage>): string {
  if (typeof source === 'string') return JSON.stringify(source)
  if (source instanceof URL) return JSON.stringify(source.href)
  if (source instanceof Uint8Array || source instanceof ArrayBuffer) return 'the picture in memory'
  if (source instanceof Readable || isWebStream(source)) return 'the picture from a stream'
  throw new InvalidArgumentError(
    'source',
    'a path, file: URL, Buffer, Uint8Array, ArrayBuffer, stream or { data, width, height, channels }',
    source,
  )
}

const readFailures: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Check the path; relative paths start at the current directory.',
  EACCES: 'permission denied. Check the rights of the file and of the folders above it.',
  EPERM: 'permission denied. Check the rights of the file and of the folders above it.',
  EISDIR: 'it is a directory, not a picture.',
  ENOTDIR: 'a part of its path is not a directory.',
  ENAMETOOLONG: 'its path is too long.',
  ELOOP: 'its path goes round in symbolic links.',
  EMFILE: 'too many files are open. Read fewer pictures at a time.',
  ERR_FS_FILE_TOO_LARGE: 'the file is larger than 2 GiB.',
  ERR_INVALID_URL_SCHEME: 'only file: URLs are read; nothing is fetched from a network.',
}

function explainReadFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return readFailures[code] ?? (error instanceof Error ? error.message : String(error))
}

function isPixelImage(source: NodeImageSource): source is PixelImage {
  return typeof source === 'object' && source !== null && 'data' in source && 'width' in source
}

function isWebStream(source: unknown): source is ReadableStream {
  return typeof source === 'object' && source !== null && 'getReader' in source
}
