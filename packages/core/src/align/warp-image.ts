import { type PixelImage, rowStrideOf } from '../image/pixel-image.ts'
import type { InputSize } from '../network/write-tensor.ts'
import { type AffineTransform, invertTransform } from './similarity-transform.ts'

/**
 * Warps an image by an affine map with bilinear sampling; what lies outside the image is black
 * (transparent with an alpha channel).
 *
 * `transform` takes image coordinates to coordinates of the result, both counting pixels (the first
 * pixel's centre is 0), as the published ArcFace crops were made.
 */
export function warpImage(
  image: PixelImage,
  transform: AffineTransform,
  size: InputSize,
): PixelImage {
  const [a, b, c, d, e, f] = invertTransform(transform)
  const { channels } = image
  const data = new Uint8Array(size.width * size.height * channels)
  let target = 0
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, target += channels) {
      samplePixel(image, a * x + b * y + c, d * x + e * y + f, data, target)
    }
  }
  return { data, width: size.width, height: size.height, channels }
}

function samplePixel(
  image: PixelImage,
  x: number,
  y: number,
  out: Uint8Array,
  target: number,
): void {
  const { data, width, height, channels } = image
  const left = Math.floor(x)
  const top = Math.floor(y)
  if (left < -1 || top < -1 || left >= width || top >= height) return
  const rowStride = rowStrideOf(image)
  const fx = x - left
  const fy = y - top
  const insideLeft = left >= 0 ? 1 - fx : 0
  const insideRight = left + 1 < width ? fx : 0
  const insideTop = top >= 0 ? 1 - fy : 0
  const insideBottom = top + 1 < height ? fy : 0
  const at = top * rowStride + left * channels
  for (let channel = 0; channel < channels; channel++) {
    const source = at + channel
    let sum = 0.5
    if (insideTop > 0) {
      if (insideLeft > 0) sum += insideTop * insideLeft * data[source]!
      if (insideRight > 0) sum += insideTop * insideRight * data[source + channels]!
    }
    if (insideBottom > 0) {
      if (insideLeft > 0) sum += insideBottom * insideLeft * data[source + rowStride]!
      if (insideRight > 0) sum += insideBottom * insideRight * data[source + rowStride + channels]!
    }
    out[target + channel] = sum
  }
}
