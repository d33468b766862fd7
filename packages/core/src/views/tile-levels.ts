import type { Region } from '../image/pixel-image.ts'
import type { DetectionView, TileBounds } from './detection-view.ts'

/** A part of the picture at a scale. */
export type Tile = Pick<DetectionView, 'region' | 'width' | 'height' | 'bounds'>

/** A tile among others. */
export type BoundedTile = Tile & Required<Pick<Tile, 'bounds'>>

/** A stretch of one axis, in pixels of the scaled picture. */
interface Span {
  readonly start: number
  readonly end: number
  /** Where the candidates' centres that this span answers for begin and end. */
  readonly coreStart: number
  readonly coreEnd: number
}

/** One axis of a tile, in image pixels, and its length in the network's input. */
interface TileAxis {
  readonly start: number
  readonly length: number
  readonly inputLength: number
  readonly core: readonly [start: number, end: number]
  readonly edges: readonly [start: number, end: number]
}

// Neighbouring tiles share this much, so a face of up to this size lies whole in one of them.
const overlap = 256
// On coarser levels only faces of at least this size count: 192 pixels one level below, where tiles
// begin to cut faces at 256.
const coarseMinSide = 96
// Two looks answer for faces of sizes from this share below the limit between them to this one above.
const sharedSizes = 1.25
// Tiles begin on multiples of the largest common stride, so that anchors fall where they would fall
// without tiles.
const alignment = 32

/** What a network is good at, in pixels of its input. */
export interface SeenSizes {
  /** Largest face that is found in one piece. */
  readonly to: number
  /** Largest face that one look is enough for; smaller copies of the picture answer for larger ones. */
  readonly sureTo?: number
}

/**
 * Cuts a picture scaled to `width`×`height` into overlapping tiles of at most `tileSize`, and adds
 * half-size copies of the whole (tiled in turn) for the faces that are too large for a tile, until
 * one pass covers the picture; and one more, where a face may be larger there than the network finds
 * in one piece, of half the length of the largest that it does.
 *
 * Of a network that is not sure of large faces the half-size copies go on until the whole is as long as
 * the largest face, and each look answers for those that it is sure of alone.
 */
export function tileLevels(
  region: Region,
  width: number,
  height: number,
  tileSize: number,
  sizes: SeenSizes,
  minSide = 0,
): Tile[] {
  const { to: largestFace, sureTo } = sizes
  const longSide = Math.max(width, height)
  const imagePixels = Math.max(region.width, region.height) / longSide
  const minImageSide = minSide * imagePixels
  const isLast = longSide <= largestFace
  if (longSide > tileSize || (sureTo !== undefined && !isLast)) {
    const maxImageSide = sureTo === undefined ? Infinity : sureTo * sharedSizes * imagePixels
    const cut = { tileSize, overlap, minImageSide, maxImageSide }
    const half = [Math.ceil(width / 2), Math.ceil(height / 2)] as const
    const least = sureTo === undefined ? coarseMinSide : sureTo / 2 / sharedSizes
    return [
      ...cutTiles(region, width, height, cut),
      ...tileLevels(region, ...half, tileSize, sizes, least),
    ]
  }
  if (isLast) {
    const bounds = minSide > 0 ? { bounds: { ...unbounded, minSide: minImageSide } } : {}
    return [{ region, width, height, ...bounds }]
  }
  const scale = largestFace / 2 / longSide
  const whole = {
    region,
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
  const [least, largest] = [(largestFace / 2) * imagePixels, largestFace * imagePixels]
  return [
    { region, width, height, bounds: { ...unbounded, minSide: minImageSide, maxSide: largest } },
    { ...whole, bounds: { ...unbounded, minSide: least } },
  ]
}

/** How {@link cutTiles} cuts. */
export interface TileCut {
  /** Longest side of a tile, in pixels of the scaled picture. */
  readonly tileSize: number
  /** What neighbours share at least, in pixels of the scaled picture. */
  readonly overlap: number
  /** Smaller faces are others' to find; in image pixels. Default 0. */
  readonly minImageSide?: number
  /** Faces of this size and larger are others' to find; in image pixels. Default: none. */
  readonly maxImageSide?: number
}

/** Cuts a picture scaled to `width`×`height` into overlapping tiles. */
export function cutTiles(
  region: Region,
  width: number,
  height: number,
  { minImageSide = 0, maxImageSide = Number.POSITIVE_INFINITY, ...cut }: TileCut,
): BoundedTile[] {
  const columns = cutAxis(region.x, region.width, width, cut)
  const rows = cutAxis(region.y, region.height, height, cut)
  return rows.flatMap((row) =>
    columns.map((column) => toTile(column, row, minImageSide, maxImageSide)),
  )
}

const everywhere = [
  Number.NEGATIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.POSITIVE_INFINITY,
  Number.POSITIVE_INFINITY,
] as const

const unbounded: TileBounds = { core: everywhere, edges: everywhere, minSide: 0, maxSide: Infinity }

function spans(length: number, { tileSize, overlap }: TileCut): Span[] {
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

function cutAxis(origin: number, length: number, scaled: number, cut: TileCut): TileAxis[] {
  // Multiplying first keeps whole results exact.
  const toImage = (at: number) => (at * length) / scaled
  return spans(scaled, cut).map(({ start, end, coreStart, coreEnd }) => {
    const first = origin + Math.floor(toImage(start))
    const last = origin + Math.ceil(toImage(end))
    const inputLength = Math.round(((last - first) * scaled) / length)
    return {
      start: first,
      length: last - first,
      inputLength: Math.min(inputLength, cut.tileSize),
      core: [origin + toImage(coreStart), origin + toImage(coreEnd)],
      edges: [start === 0 ? -Infinity : first, end === scaled ? Infinity : last],
    }
  })
}

function toTile(column: TileAxis, row: TileAxis, minSide: number, maxSide: number): BoundedTile {
  return {
    region: { x: column.start, y: row.start, width: column.length, height: row.length },
    width: column.inputLength,
    height: row.inputLength,
    bounds: {
      core: [column.core[0], row.core[0], column.core[1], row.core[1]],
      edges: [column.edges[0], row.edges[0], column.edges[1], row.edges[1]],
      minSide,
      maxSide,
    },
  }
}
