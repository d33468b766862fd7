import type { Region } from '../image/pixel-image.ts'
import type { Quarters } from '../image/turn-image.ts'

/** One pass through the network: a part of the picture at a scale, perhaps mirrored. */
export interface DetectionView {
  /** The part of the picture, in image pixels. */
  readonly region: Region
  /** Size of the region's pixels in the network's input. */
  readonly width: number
  readonly height: number
  /** Size of the network's input; right and bottom are padded. */
  readonly inputWidth: number
  readonly inputHeight: number
  readonly flip: boolean
  /** Quarters of a turn, clockwise, by which the region's pixels are turned before they are mirrored. */
  readonly quarters: Quarters
  /** Whose faces count; all when left out. */
  readonly bounds?: TileBounds
}

/**
 * Which candidates of a tile count, in image pixels: what neighbouring tiles and coarser levels see
 * better does not.
 */
export interface TileBounds {
  /** The candidate's centre must lie in here: x1, y1, x2, y2, the last two not included. */
  readonly core: readonly [number, number, number, number]
  /** The candidate's box must lie in here. */
  readonly edges: readonly [number, number, number, number]
  /** The candidate's longer side must have at least this length, and less than that one. */
  readonly minSide: number
  readonly maxSide: number
}
