import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { fileURLToPath } from 'node:url'
import { type CancelSignal, ImageReadError, InvalidArgumentError } from '@retinaface/core'
import { onAbort, untilAborted } from '@retinaface/core/platform'
import { bytesOf, isBlob, isMemory, isUrl } from './any-realm.ts'
import { decodeDataUrl } from './decode-data-url.ts'
import { READ_LIMITS } from './limits.ts'
import { systemReason } from './system-reason.ts'

/** An encoded picture: a path, a `file:` or `data:` URL, bytes in memory, a Blob or File, or a stream. */
export type EncodedSource =
  | string
  | URL
  | Uint8Array
  | ArrayBuffer
  | Blob
  | Readable
  | ReadableStream

/**
 * Reads the bytes of an encoded picture, at most `READ_LIMITS.bytes` of them: devices and streams may
 * never end.
 *
 * @throws {ImageReadError} saying why there are none and what to do
 * @throws {InvalidArgumentError} if it is no such source
 * @throws the signal's reason as soon as it is aborted
 *
 * @example
 * const bytes = await readEncoded(process.stdin)
 */
export async function readEncoded(
  source: EncodedSource,
  signal?: CancelSignal,
): Promise<Uint8Array> {
  const name = describeSource(source)
  if (isMemory(source)) return bytesOf(source)
  if (typeof source === 'string' && !isDataUrl(source) && isNoPath(source))
    throw new ImageReadError(name, noPath)
  try {
    return await untilAborted(signal, readAny(source, signal))
  } catch (error) {
    signal?.throwIfAborted()
    // The system's own error repeats what it took for a path.
    if (typeof source === 'string' && isText(source)) throw new ImageReadError(name, noPath)
    const isAddress = /^(?!file:)[a-z][a-z\d+.-]+:\/\//i.test(String(source))
    const reason = isAddress ? onlyFiles : systemReason(error)
    throw new ImageReadError(name, reason, error)
  }
}

/** What messages call a source: never what is in it. */
export function describeSource(source: EncodedSource): string {
  if (typeof source === 'string') {
    if (isDataUrl(source)) return `a data: URL of ${source.length} characters`
    return isText(source) ? `a text of ${source.length} characters` : JSON.stringify(source)
  }
  if (isUrl(source)) {
    return isDataUrl(source) ? describeSource(source.href) : JSON.stringify(source.href)
  }
  if (isMemory(source) || isBlob(source)) return 'the picture in memory'
  if (isStream(source)) return 'the picture from a stream'
  throw new InvalidArgumentError(
    'source',
    'a path, file: or data: URL, Buffer, Uint8Array, ArrayBuffer, Blob, stream or { data, width, height, channels }',
    source,
  )
}

export function isStream(source: unknown): source is Readable | ReadableStream {
  const isOfWeb = typeof source === 'object' && source !== null && 'getReader' in source
  return source instanceof Readable || isOfWeb
}

const onlyFiles = 'only file: and data: URLs are read; nothing is fetched from a network.'
const noPath =
  "it is no path of a file. Give a picture's bytes instead: Buffer.from(text, 'base64')."
// No system takes longer ones.
const longestPath = 32_767

function isNoPath(text: string): boolean {
  return text.length > longestPath
}

function isDataUrl(source: string | URL): boolean {
  return /^data:/i.test(typeof source === 'string' ? source.slice(0, 5) : source.protocol)
}

/** True for what is no path, or may be a picture as base64 rather than one. */
function isText(text: string): boolean {
  return isNoPath(text) || (text.length > 255 && /^[\w+/\s-]*=*$/.test(text))
}

async function readAny(
  source: string | URL | Blob | Readable | ReadableStream,
  signal: CancelSignal | undefined,
): Promise<Uint8Array> {
  if (source instanceof Readable) return collect(source, signal)
  if (isStream(source)) return collect(Readable.fromWeb(source), signal)
  if (isBlob(source)) {
    if (source.size > READ_LIMITS.bytes) throw tooLarge()
    return new Uint8Array(await source.arrayBuffer())
  }
  if (isDataUrl(source)) {
    // Four characters of base64 are three bytes.
    if (String(source).length > (READ_LIMITS.bytes * 4) / 3) throw tooLarge()
    return decodeDataUrl(String(source))
  }
  // libvips would take "[…]" in a file's name for options, so it never sees names.
  return readPath(isFileUrl(source) ? fileURLToPath(source) : source, signal)
}

function isFileUrl(source: string | URL): boolean {
  return typeof source !== 'string' || source.startsWith('file:')
}

async function readPath(path: string | URL, signal: CancelSignal | undefined): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const stats = await file.stat()
    // Devices and pipes state no size, nor do some files of the system.
    if (!stats.isFile() || stats.size === 0) {
      return await collect(createReadStream('', { fd: file, autoClose: false }), signal)
    }
    if (stats.size > READ_LIMITS.bytes) throw tooLarge()
    return await file.readFile()
  } finally {
    await file.close()
  }
}

async function collect(stream: Readable, signal: CancelSignal | undefined): Promise<Uint8Array> {
  const stop = () => void stream.destroy()
  const stopWaiting = onAbort(signal, stop)
  if (signal?.aborted) stop()
  try {
    const parts: Uint8Array[] = []
    let length = 0
    for await (const chunk of stream) {
      const part = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      length += part.length
      if (length > READ_LIMITS.bytes) throw tooLarge()
      parts.push(part)
    }
    return Buffer.concat(parts, length)
  } finally {
    stopWaiting()
  }
}

function tooLarge(): Error {
  const most = READ_LIMITS.bytes / 2 ** 20
  return new Error(`it has more than ${most} MiB, the most that an encoded picture may have.`)
}
