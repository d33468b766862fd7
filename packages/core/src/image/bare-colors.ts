import { type PixelImage, rowStrideOf } from './pixel-image.ts'

/**
 * The colours of an RGBA image as if no pixel were translucent, white where pixels are wholly
 * transparent; `undefined` if none is translucent, so that nothing more is seen than on white.
 */
export function bareColors(image: PixelImage): PixelImage | undefined {
  if (image.channels !== 4) return undefined
  const { width, height, data } = image
  const rowStride = rowStrideOf(image)
  const bare = new Uint8Array(width * height * 3)
  let isTranslucent = false
  let target = 0
  for (let y = 0; y < height; y++) {
    const end = y * rowStride + width * 4
    for (let i = y * rowStride; i < end; i += 4, target += 3) {
      const alpha = data[i + 3]!
      if (alpha > 0 && alpha < 255) isTranslucent = true
      for (let c = 0; c < 3; c++) bare[target + c] = alpha === 0 ? 255 : data[i + c]!
    }
  }
  return isTranslucent ? { data: bare, width, height, channels: 3 } : undefined
}
