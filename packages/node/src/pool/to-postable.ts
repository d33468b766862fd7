import { assertPixelImage } from '@retinaface/core'
import type { NodeImageSource } from '../read-image.ts'
import type { PostableSource } from './protocol.ts'

/** A picture with what is handed over rather than copied when it is posted. */
export interface Postable {
  readonly source: PostableSource
  readonly transfer: ArrayBuffer[]
}

/**
 * Makes a picture that can be posted to a worker; the caller keeps what it gave.
 *
 * @returns `undefined` for streams and for what is no picture.
 * @throws {InvalidImageError} for pixels that do not fit their dimensions
 */
export function toPostable(source: NodeImageSource): Postable | undefined {
  if (typeof source === 'string') return { source, transfer: [] }
  if (source instanceof URL) return { source: source.href, transfer: [] }
  if (source instanceof Uint8Array || source instanceof ArrayBuffer) {
    // Posted as it is, a view would take all of its buffer along.
    const data = new Uint8Array(source).slice()
    return { source: data, transfer: [data.buffer] }
  }
  if (typeof source !== 'object' || source === null || !('width' in source)) return undefined
  assertPixelImage(source)
  const { width, height, channels, rowStride } = source
  const data = new Uint8Array(source.data)
  const stride = rowStride === undefined ? {} : { rowStride }
  return { source: { data, width, height, channels, ...stride }, transfer: [data.buffer] }
}
