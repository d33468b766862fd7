import type { PixelImage } from '@retinaface/core'
import { element } from './element.ts'

/** A canvas of its own for pixels (3 or 4 channels). */
export function pixelCanvas(image: PixelImage, className = ''): HTMLCanvasElement {
  const { width, height } = image
  const canvas = element('canvas', { width, height, className })
  canvas.getContext('2d')!.putImageData(toImageData(image), 0, 0)
  return canvas
}

function toImageData({ data, width, height, channels, rowStride }: PixelImage): ImageData {
  const stride = rowStride ?? width * channels
  const pixels = new ImageData(width, height)
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 4) {
      const from = y * stride + x * channels
      for (let c = 0; c < 3; c++) pixels.data[to + c] = data[from + c]!
      pixels.data[to + 3] = channels === 4 ? data[from + 3]! : 255
    }
  }
  return pixels
}
