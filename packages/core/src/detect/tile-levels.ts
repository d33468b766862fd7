import type { Region } from '../image/pixel-image.ts'
import type { DetectionView, TileBounds } from './detection-view.ts'

/** A part of the picture at a scale. */
export type Tile = Pick<DetectionView, 'region' | 'width' | 'height' | 'bounds'>

/** A stretch of one axis in view pixels, and whether it begins or ends inside the picture. */
interface Span {
  readonly start: number
  readonly end: number
  /** Where the candidates' centres that this span answers for begin and end. */
  readonly coreStart: number
  readonly coreEnd: number
}

// Neighbouring tiles share this much, so a face of up to this size lies whole in one of them.
const overlap = 256
// On coarser levels only faces of at least this size count: 192 pixels one level below, where tiles
// begin to cut faces at 256.
const coarseMinSide = 96
// Tiles begin on multiples of the largest common stride, so that anchors fall where they would fall
// without tiles.
const alignment = 32

/**
 * Cuts a picture scaled to `width`×`height` into overlapping tiles of at most `tileSize`, and adds
 * half-size copies of the whole (tiled in turn) for the faces that are too large for a tile, until
 * one pass covers the picture.
 */
export function tileLevels(
  region: Region,
  width: number,
  height: number,
  tileSize: number,
  minSide = 0,
): Tile[] {
  if (Math.max(width, height) <= tileSize) {
    const bounds = minSide > 0 ? { bounds: { ...unbounded, minSide } } : {}
    return [{ region, width, height, ...bounds }]
  }
  const rows = spans(height, tileSize)
  const columns = spans(width, tileSize)
  const tiles = rows.flatMap((row) =>
    columns.map((column) => cutTile(region, width, height, column, row, minSide)),
  )
  const half = [Math.ceil(width / 2), Math.ceil(height / 2)] as const
  return [...tiles, ...tileLevels(region, ...half, tileSize, coarseMinSide)]
}

const everywhere = [
  Number.NEGATIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.POSITIVE_INFINITY,
  Number.POSITIVE_INFINITY,
] as const

const unbounded: TileBounds = { core: everywhere, edges: everywhere, minSide: 0 }

function spans(length: number, tileSize: number): Span[] {
  if (length <= tileSize) {
    return [{ start: 0, end: length, coreStart: -Infinity, coreEnd: Infinity }]
  }
  const count = Math.ceil((length - overlap) / (tileSize - overlap - alignment))
  const step = (length - tileSize) / (count - 1)
  const starts = Array.from(
    { length: count },
    (_, i) => Math.ceil((i * step) / alignment) * alignment,
  )
  const ends = starts.map((start) => Math.min(start + tileSize, length))
  return starts.map((start, i) => ({
    start,
    end: ends[i]!,
    coreStart: i === 0 ? -Infinity : (start + ends[i - 1]!) / 2,
    coreEnd: i === count - 1 ? Infinity : (starts[i + 1]! + ends[i]!) / 2,
  }))
}

function cutTile(
  region: Region,
  width: number,
  height: number,
  column: Span,
  row: Span,
  minSide: number,
): Tile {
  const x = toWholePixels(column, region.width / width)
  const y = toWholePixels(row, region.height / height)
  return {
    region: { x: region.x + x.start, y: region.y + y.start, width: x.length, height: y.length },
    width: Math.round((x.length * width) / region.width),
    height: Math.round((y.length * height) / region.height),
    bounds: {
      core: [
        column.coreStart - column.start,
        row.coreStart - row.start,
        column.coreEnd - column.start,
        row.coreEnd - row.start,
      ],
      edges: [
        column.coreStart === -Infinity ? -Infinity : 0,
        row.coreStart === -Infinity ? -Infinity : 0,
        column.coreEnd === Infinity ? Infinity : column.end - column.start,
        row.coreEnd === Infinity ? Infinity : row.end - row.start,
      ],
      minSide,
    },
  }
}

function toWholePixels({ start, end }: Span, scale: number): { start: number; length: number } {
  const first = Math.round(start * scale)
  return { start: first, length: Math.round(end * scale) - first }
}
