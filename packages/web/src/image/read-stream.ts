import { type CancelSignal, ImageReadError } from '@retinaface/core'
import { onAbort } from '@retinaface/core/platform'

/** How messages call a stream. */
export const STREAM_NAME = 'the picture from a stream'

// As in Node.js: an uncompressed picture of 150 million pixels has less.
const mostBytes = 536_870_912

/**
 * Reads the bytes of an encoded picture from a stream, which may never end.
 *
 * @throws {ImageReadError} if it fails or brings too much, and the reason of `signal`
 */
export async function readStream(
  stream: ReadableStream<Uint8Array>,
  signal: CancelSignal,
): Promise<Blob> {
  if (stream.locked) throw new ImageReadError(STREAM_NAME, 'it is being read already.')
  const reader = stream.getReader()
  const stopWaiting = onAbort(signal, () => void reader.cancel().catch(() => undefined))
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      signal.throwIfAborted()
      if (done) return new Blob(parts)
      length += value.length
      if (length > mostBytes) throw new Error(`it has more than ${mostBytes / 2 ** 20} MiB.`)
      parts.push(value as Uint8Array<ArrayBuffer>)
    }
  } catch (error) {
    signal.throwIfAborted()
    reader.cancel().catch(() => undefined)
    throw new ImageReadError(
      STREAM_NAME,
      error instanceof Error ? error.message : String(error),
      error,
    )
  } finally {
    stopWaiting()
  }
}
