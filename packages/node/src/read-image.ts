import { assertPixelImage, ImageReadError, type PixelImage } from '@retinaface/core'
import type { ShrunkenImage } from '@retinaface/core/platform'
import { type DecodeOptions, decodeImage } from './decode-image.ts'
import { describeSource, type EncodedSource, readEncoded } from './read-encoded.ts'

/**
 * What `detect` takes for a picture: a path, a `file:` or `data:` URL, an encoded picture in memory, as a
 * Blob or as a stream, or raw pixels.
 */
export type NodeImageSource = EncodedSource | PixelImage

/**
 * Reads a picture into upright 8-bit sRGB pixels.
 *
 * EXIF orientation is applied, colour profiles and CMYK are converted, 16-bit samples are reduced.
 * Files may be decoded smaller where `shrink` is given; raw pixels come back as they are.
 *
 * @throws {ImageReadError} saying what is wrong with the picture and what to do
 * @throws the signal's reason as soon as it is aborted
 */
export async function readImage(
  source: NodeImageSource,
  options: DecodeOptions,
): Promise<PixelImage | ShrunkenImage> {
  if (isPixelImage(source)) {
    assertPixelImage(source)
    return source
  }
  const encoded = await readEncoded(source, options.signal)
  const name = describeSource(source)
  if (encoded.length === 0) throw new ImageReadError(name, 'it is empty (0 bytes).')
  return decodeImage(encoded, name, options)
}

function isPixelImage(source: NodeImageSource): source is PixelImage {
  return typeof source === 'object' && source !== null && 'data' in source && 'width' in source
}
