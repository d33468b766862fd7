import type { PixelImage } from '../image/pixel-image.ts'
import { cellOf, cellPosition, headColors } from './head-colors.ts'
import type { HeadRegion } from './head-region.ts'
import type { HideStyle } from './hide-options.ts'

/** What a cover shows at a pixel (column x, row y), in a channel: 0..255. */
export type ColorAt = (x: number, y: number, channel: number) => number

/** The cover that each style lays over a head, from the colours of a packed picture. */
export const COVERS: Readonly<
  Record<HideStyle, (image: PixelImage, region: HeadRegion, channels: number) => ColorAt>
> = { pixelate, blur, solid: () => () => grey }

const grey = 128

function pixelate(image: PixelImage, region: HeadRegion, channels: number): ColorAt {
  const { cells, means } = headColors(image, region, channels, 3)
  const { centreX, centreY, radiusX, radiusY } = region
  return (x, y, c) => {
    const cell = cellOf(y, centreY, radiusY, cells) * cells + cellOf(x, centreX, radiusX, cells)
    return means[cell * channels + c]!
  }
}

function blur(image: PixelImage, region: HeadRegion, channels: number): ColorAt {
  const { cells, means } = headColors(image, region, channels, 2)
  const { centreX, centreY, radiusX, radiusY } = region
  return (x, y, c) => {
    const [left, right, across] = between(cellPosition(x, centreX, radiusX, cells), cells)
    const [upper, lower, down] = between(cellPosition(y, centreY, radiusY, cells), cells)
    const along = (row: number) => {
      const from = means[(row * cells + left) * channels + c]!
      return from + across * (means[(row * cells + right) * channels + c]! - from)
    }
    return along(upper) + down * (along(lower) - along(upper))
  }
}

/** The two cells whose centres a position lies between, and how far it is from the first. */
function between(
  position: number,
  cells: number,
): readonly [first: number, second: number, share: number] {
  const fromCentre = Math.min(cells - 1, Math.max(0, position - 0.5))
  const first = Math.floor(fromCentre)
  return [first, Math.min(cells - 1, first + 1), fromCentre - first]
}
