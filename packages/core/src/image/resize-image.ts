import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import { assertPixelImage, type PixelImage } from './pixel-image.ts'
import { resampleWeights } from './resample-weights.ts'
import { resizePlainly } from './resize-plainly.ts'
import { resizeWithSimd } from './resize-with-simd.ts'

/**
 * Resizes an image with a triangle filter and half-pixel centres.
 *
 * Enlarging, this is bilinear interpolation. Shrinking, the triangle widens with the step, so that
 * every source pixel counts and fine texture hardly aliases. Edges repeat the border pixels.
 * Returns an image with the same channels and no row padding.
 *
 * @throws {InvalidImageError} if the image's pixels do not fit its dimensions.
 * @throws {InvalidArgumentError} if the size is not of whole pixels, at least one.
 */
export function resizeImage(image: PixelImage, width: number, height: number): PixelImage {
  assertPixelImage(image)
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new InvalidArgumentError('width and height', 'positive integers', `${width}×${height}`)
  }
  const { channels } = image
  const columns = resampleWeights(image.width, width)
  const rows = resampleWeights(image.height, height)
  const data = new Uint8Array(width * height * channels)
  if (!resizeWithSimd(image, columns, rows, data)) resizePlainly(image, columns, rows, data)
  return { data, width, height, channels }
}
