import { type PixelImage, rowStrideOf } from './pixel-image.ts'
import type { ImageSize } from './shrunken-image.ts'

/** How many quarters of a turn, clockwise. */
export type Quarters = 0 | 1 | 2 | 3

/** An image turned by quarters, without row padding where it is turned at all. */
export function turnImage(image: PixelImage, quarters: Quarters): PixelImage {
  if (quarters === 0) return image
  const { data, channels } = image
  const [width, height] = quarters === 2 ? [image.width, image.height] : [image.height, image.width]
  const { start, stepX, stepY } = walkOf(image, quarters)
  const turned = new Uint8Array(width * height * channels)
  let to = 0
  for (let y = 0; y < height; y++) {
    let from = start + y * stepY
    for (let x = 0; x < width; x++, to += channels, from += stepX) {
      for (let c = 0; c < channels; c++) turned[to + c] = data[from + c]!
    }
  }
  return { data: turned, width, height, channels }
}

/** Where the turned image's first pixel is in the samples, and what a column and a row further is. */
function walkOf(image: PixelImage, quarters: Quarters) {
  const { channels } = image
  const rowStride = rowStrideOf(image)
  const lastColumn = (image.width - 1) * channels
  const lastRow = (image.height - 1) * rowStride
  if (quarters === 1) return { start: lastRow, stepX: -rowStride, stepY: channels }
  if (quarters === 2) return { start: lastRow + lastColumn, stepX: -channels, stepY: -rowStride }
  return { start: lastColumn, stepX: rowStride, stepY: -channels }
}

/** The size of an image of this size after it is turned. */
export function turnedSize({ width, height }: ImageSize, quarters: Quarters): ImageSize {
  return quarters % 2 === 0 ? { width, height } : { width: height, height: width }
}

/**
 * Takes a point of the turned image to the image that it was.
 *
 * @param size of the image that it was; where coordinates count pixels, its last column and row
 */
export function turnBack(
  [x, y]: readonly [x: number, y: number],
  { width, height }: ImageSize,
  quarters: Quarters,
): readonly [x: number, y: number] {
  if (quarters === 0) return [x, y]
  if (quarters === 1) return [y, height - x]
  if (quarters === 2) return [width - x, height - y]
  return [width - y, x]
}
