import { type PixelImage, rowStrideOf } from './pixel-image.ts'

/**
 * Lays an RGBA image on white. Images without transparency come back unchanged, sharing pixels.
 *
 * White, because the colours stored under transparent pixels are arbitrary (mostly black).
 */
export function flattenAlpha(image: PixelImage): PixelImage {
  if (image.channels !== 4 || isOpaque(image)) return image
  const { width, height, data } = image
  const rowStride = rowStrideOf(image)
  const flat = new Uint8Array(width * height * 3)
  let target = 0
  for (let y = 0; y < height; y++) {
    let source = y * rowStride
    for (let x = 0; x < width; x++, source += 4) {
      const alpha = data[source + 3]! / 255
      const white = 255 * (1 - alpha) + 0.5
      flat[target++] = data[source]! * alpha + white
      flat[target++] = data[source + 1]! * alpha + white
      flat[target++] = data[source + 2]! * alpha + white
    }
  }
  return { data: flat, width, height, channels: 3 }
}

function isOpaque(image: PixelImage): boolean {
  const { width, height, data } = image
  const rowStride = rowStrideOf(image)
  for (let y = 0; y < height; y++) {
    const end = y * rowStride + width * 4
    for (let i = y * rowStride + 3; i < end; i += 4) if (data[i] !== 255) return false
  }
  return true
}
