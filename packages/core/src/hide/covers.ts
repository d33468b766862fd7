import type { DeepPixelImage, PixelImage } from '../image/pixel-image.ts'
import { cellOf, cellPosition, type HeadColors, headColors, middleGrey } from './head-colors.ts'
import type { HeadRegion } from './head-region.ts'
import type { HideStyle } from './hide-options.ts'

/** Two columns or rows of cells that a pixel lies between, and how far it is from the first. */
export type Between = readonly [first: number, second: number, share: number]

/** What lies over a head: the colours of cells, between which pixels are blended. */
export interface Cover {
  readonly colors: HeadColors
  /** Of a column x or a row y of pixels. */
  readonly column: (x: number) => Between
  readonly row: (y: number) => Between
}

type Picture = PixelImage | DeepPixelImage

/** The cover that each style lays over a head, from the colours of a packed picture. */
export const COVERS: Readonly<
  Record<HideStyle, (image: Picture, region: HeadRegion, channels: number) => Cover>
> = { pixelate, blur, solid }

function pixelate(image: Picture, region: HeadRegion, channels: number): Cover {
  const colors = headColors(image, region, channels, 3)
  const { cells } = colors
  const { centreX, centreY, radiusX, radiusY } = region
  const alone = (cell: number): Between => [cell, cell, 0]
  return {
    colors,
    column: (x) => alone(cellOf(x, centreX, radiusX, cells)),
    row: (y) => alone(cellOf(y, centreY, radiusY, cells)),
  }
}

function blur(image: Picture, region: HeadRegion, channels: number): Cover {
  const colors = headColors(image, region, channels, 2)
  const { cells } = colors
  const { centreX, centreY, radiusX, radiusY } = region
  return {
    colors,
    column: (x) => between(cellPosition(x, centreX, radiusX, cells), cells),
    row: (y) => between(cellPosition(y, centreY, radiusY, cells), cells),
  }
}

function solid(image: Picture, _region: HeadRegion, channels: number): Cover {
  const alone = (): Between => [0, 0, 0]
  const means = new Float64Array(channels).fill(middleGrey(image))
  return { colors: { cells: 1, means }, column: alone, row: alone }
}

/** The two cells whose centres a position lies between. */
function between(position: number, cells: number): Between {
  const fromCentre = Math.min(cells - 1, Math.max(0, position - 0.5))
  const first = Math.floor(fromCentre)
  return [first, Math.min(cells - 1, first + 1), fromCentre - first]
}
