import type { DeepPixelImage, PixelImage } from '../image/pixel-image.ts'
import { boundsOf, type HeadRegion } from './head-region.ts'

/** Mean colours of the cells of a head. */
export interface HeadColors {
  /** Columns, and rows. */
  readonly cells: number
  /** [rows, columns, channels], in the range of the picture's samples */
  readonly means: Float64Array
}

// Detectors take smaller cells for faces of a few pixels, and more contrast for eyes and mouths.
const smallestCell = 24
const contrast = 0.25
// Of 2,681 covered faces `retinaface-500m` took 8 for faces still, by the tone of skin; halfway to grey, 4.
const towardsGrey = 0.5

/**
 * The mean colours of equal cells of the rectangle around a head, drawn near to the mean of all, and that
 * halfway to grey. Each is over those of its pixels that lie in the picture; one outside takes the mean of
 * all. Cells are as large for a head at the picture's border as elsewhere.
 *
 * @param image packed
 * @param channels how many of its channels are colours
 * @param mostCells columns and rows of a large head; small ones have fewer
 */
export function headColors(
  image: PixelImage | DeepPixelImage,
  region: HeadRegion,
  channels: number,
  mostCells: number,
): HeadColors {
  const side = 2 * Math.min(region.radiusX, region.radiusY)
  const cells = Math.min(mostCells, Math.max(1, Math.floor(side / smallestCell)))
  const { left, top, right, bottom } = boundsOf(region, image, 0)
  const sums = new Float64Array(cells * cells * channels)
  const counts = new Float64Array(cells * cells)
  const whole = new Float64Array(channels)
  const starts = cellStarts(left, Math.max(left, right), region, cells)
  for (let y = top; y < bottom; y++) {
    const row = cellOf(y, region.centreY, region.radiusY, cells)
    for (let column = 0; column < cells; column++) {
      const [from, to] = [starts[column]!, starts[column + 1]!]
      const cell = row * cells + column
      counts[cell]! += to - from
      for (let c = 0; c < channels; c++) {
        const sum = sumOf(image, y, from, to, c)
        sums[cell * channels + c]! += sum
        whole[c]! += sum
      }
    }
  }
  const grey = middleGrey(image)
  const total = (right - left) * (bottom - top)
  const means = sums.map((sum, i) => {
    const count = counts[Math.floor(i / channels)]!
    const ofAll = whole[i % channels]! / total
    const tone = count > 0 ? ofAll + contrast * (sum / count - ofAll) : ofAll
    return tone + towardsGrey * (grey - tone)
  })
  return { cells, means }
}

/** The grey in the middle of the range of a picture's samples. */
export function middleGrey({ data }: PixelImage | DeepPixelImage): number {
  return data.BYTES_PER_ELEMENT === 2 ? 0x8080 : 0x80
}

/** The first column of pixels of each column of cells, and the end of the last one. */
function cellStarts(
  left: number,
  right: number,
  { centreX, radiusX }: HeadRegion,
  cells: number,
): number[] {
  const starts = Array.from({ length: cells + 1 }, (_, i) => (i === 0 ? left : right))
  for (let x = right - 1; x >= left; x--) {
    const cell = cellOf(x, centreX, radiusX, cells)
    for (let i = 1; i <= cell; i++) starts[i] = x
  }
  return starts
}

/** The sum of a channel over a part of a row. */
function sumOf(
  { data, width, channels }: PixelImage | DeepPixelImage,
  y: number,
  from: number,
  to: number,
  channel: number,
): number {
  let sum = 0
  const end = (y * width + to) * channels + channel
  for (let i = (y * width + from) * channels + channel; i < end; i += channels) sum += data[i]!
  return sum
}

/** The column or row of cells that a pixel lies in. */
export function cellOf(at: number, centre: number, radius: number, cells: number): number {
  return Math.min(cells - 1, Math.max(0, Math.floor(cellPosition(at, centre, radius, cells))))
}

/** Where a pixel's centre lies, counted in cells from the edge of the rectangle. */
export function cellPosition(at: number, centre: number, radius: number, cells: number): number {
  return ((at + 0.5 - (centre - radius)) / (2 * radius)) * cells
}
