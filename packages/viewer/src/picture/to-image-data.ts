import type { PixelImage } from '@retinaface/mesh-decoder'
import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import type { ViewerImage } from './viewer-image.ts'

/** Pixels as RGBA; undefined if the picture is no pixels but something to be drawn. */
export function toImageData(image: ViewerImage): ImageData | undefined {
  if (image instanceof ImageData) return image
  if (!('data' in image)) return undefined
  checkPixels(image)
  const { data, width, height, channels, rowStride = width * channels } = image
  const pixels = new ImageData(width, height)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = row * rowStride + column * channels
      const to = (row * width + column) * 4
      for (let c = 0; c < 3; c++) pixels.data[to + c] = data[from + (channels === 1 ? 0 : c)]!
      pixels.data[to + 3] = channels === 4 ? data[from + 3]! : 255
    }
  }
  return pixels
}

function checkPixels({ data, width, height, channels, rowStride }: PixelImage): void {
  const isWhole = Number.isInteger(width) && Number.isInteger(height)
  if (!isWhole || ![1, 3, 4].includes(channels)) {
    throw new InvalidArgumentError(
      'image',
      'whole numbers of pixels with 1, 3 or 4 channels',
      `${width}×${height} with ${channels}`,
    )
  }
  const needed = (height - 1) * (rowStride ?? width * channels) + width * channels
  if (data?.length >= needed) return
  throw new InvalidArgumentError('image.data', `at least ${needed} samples`, data?.length)
}
