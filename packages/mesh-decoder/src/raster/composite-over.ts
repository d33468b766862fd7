import { InvalidArgumentError } from '../errors/retinaface-error.ts'
import { checkPixelImage, type PixelImage } from './pixel-image.ts'
import type { RasterTarget } from './raster-target.ts'

/**
 * Lays a rendered layer over an opaque picture of the same size, in the picture's place: each sample
 * becomes layer · α + picture · (1 − α), with α the layer's alpha times `opacity` (0..1).
 *
 * @throws InvalidArgumentError if the sizes differ or the picture is grey.
 */
export function compositeOver(layer: RasterTarget, picture: PixelImage, opacity = 1): void {
  const { data, width, height, channels, rowStride = width * channels } = picture
  checkPixelImage('picture.data', picture)
  if (width !== layer.width || height !== layer.height || channels === 1) {
    throw new InvalidArgumentError(
      'picture',
      `a colour picture of ${layer.width}×${layer.height} pixels, the layer's size`,
      `one of ${width}×${height} with ${channels} channels`,
    )
  }
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = (row * width + column) * 4
      const alpha = (layer.rgba[from + 3]! / 255) * opacity
      if (alpha === 0) continue
      const to = row * rowStride + column * channels
      for (let c = 0; c < 3; c++) {
        data[to + c] = Math.round(layer.rgba[from + c]! * alpha + data[to + c]! * (1 - alpha))
      }
    }
  }
}
