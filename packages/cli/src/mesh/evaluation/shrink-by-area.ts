import type { PixelImage } from '@retinaface/core'
import type { PixelBox } from '@retinaface/evaluation'

/** A part of a shrunk picture and where in it the part begins. */
export interface ShrunkPart {
  readonly image: PixelImage
  readonly left: number
  readonly top: number
}

/**
 * The part of a picture, shrunk by `step`, that lies under a box of the shrunk picture: each pixel is
 * the mean of the `step` × `step` pixels' worth of area that it covers.
 */
export function shrinkByArea(image: PixelImage, step: number, box: PixelBox): ShrunkPart {
  const columns = spans(image.width, step, box[0], box[2])
  const rows = spans(image.height, step, box[1], box[3])
  const { channels, data, rowStride = image.width * channels } = image
  const size = { width: columns.length, height: rows.length, channels }
  const out = new Uint8Array(columns.length * rows.length * channels)
  const sums = new Float64Array(channels)
  let at = 0
  for (const row of rows) {
    for (const column of columns) {
      sums.fill(0)
      for (let y = Math.floor(row.start); y < row.end; y++) {
        const high = overlap(row, y)
        for (let x = Math.floor(column.start); x < column.end; x++) {
          const area = high * overlap(column, x)
          const from = y * rowStride + x * channels
          for (let k = 0; k < channels; k++) sums[k]! += area * data[from + k]!
        }
      }
      const area = (row.end - row.start) * (column.end - column.start)
      for (let k = 0; k < channels; k++) out[at++] = Math.round(sums[k]! / area)
    }
  }
  return { image: { data: out, ...size }, left: columns[0]!.index, top: rows[0]!.index }
}

interface Span {
  readonly index: number
  readonly start: number
  readonly end: number
}

/** What the shrunk pixels between two places cover; one at least. */
function spans(length: number, step: number, low: number, high: number): Span[] {
  const last = Math.max(0, Math.round(length / step) - 1)
  const first = Math.min(last, Math.max(0, Math.floor(low) - 1))
  const count = Math.max(1, Math.min(last, Math.ceil(high) + 1) - first + 1)
  return Array.from({ length: count }, (_, i) => {
    const start = (first + i) * step
    return { index: first + i, start, end: Math.min(length, start + step) }
  })
}

function overlap({ start, end }: Span, pixel: number): number {
  return Math.min(end, pixel + 1) - Math.max(start, pixel)
}
