import { assertPixelImage } from '@retinaface/core'
import type { Postable } from '@retinaface/core/platform'
import { bytesOf, isUrl } from '../any-realm.ts'
import type { LoadedSource } from '../load-source.ts'

/**
 * Makes a picture fit to be posted to a worker; the caller keeps what it gave.
 *
 * @throws {InvalidImageError} for pixels that do not fit their dimensions
 */
export function toPostable(source: LoadedSource): Postable {
  if (typeof source === 'string') return { source, transfer: [] }
  if (isUrl(source)) return { source: source.href, transfer: [] }
  if ('width' in source) {
    assertPixelImage(source)
    const { width, height, channels, rowStride } = source
    const data = new Uint8Array(source.data)
    const stride = rowStride === undefined ? {} : { rowStride }
    return { source: { data, width, height, channels, ...stride }, transfer: [data.buffer] }
  }
  // Posted as it is, a view would take all of its buffer along.
  const bytes = new Uint8Array(bytesOf(source))
  return { source: bytes, transfer: [bytes.buffer] }
}
