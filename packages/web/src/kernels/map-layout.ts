import type { KernelMap } from './kernel-steps.ts'
import { wholeBlocks } from './pack-weights.ts'

/** Where a map lies in memory; lengths in bytes. */
export interface MapLayout {
  readonly rows: number
  readonly columns: number
  /** From one pixel to the next, and from one row to the next. */
  readonly pixel: number
  readonly row: number
  /** Of the border, and of the first pixel's first channel. */
  readonly border: number
  readonly start: number
}

/** Neighbouring rows of a map. */
export interface RowBand {
  readonly first: number
  readonly count: number
}

// The convolution kernel reads and writes six pixels at least; a stride of two doubles that.
const slackPixels = 12

/**
 * Lays a map out with a border of zeros: a row above, a row below, and a column on the left of each
 * row, which is on the right of the one before.
 *
 * @param whole the map that `map` is a part of, or itself
 * @param width of the network's input; a multiple of the map's stride, as `height` is
 * @param border address of `whole`
 */
export function layOut(
  map: KernelMap,
  whole: KernelMap,
  [width, height]: readonly [width: number, height: number],
  border: number,
): MapLayout {
  const columns = width / map.stride
  const pixel = 4 * pixelFloats(whole)
  const row = (columns + 1) * pixel
  const start = border + row + pixel + 4 * (map.within?.channel ?? 0)
  return { rows: height / map.stride, columns, pixel, row, border, start }
}

/** Bytes that a laid out map needs. */
export function bytesOf({ rows, row, pixel }: MapLayout): number {
  return (rows + 2) * row + slackPixels * pixel
}

/**
 * Some rows of a map, laid out as they are.
 *
 * @param scale rows of this map to one of the map whose rows `band` counts
 */
export function rowsOf(layout: MapLayout, { first, count }: RowBand, scale = 1): MapLayout {
  return { ...layout, rows: scale * count, start: layout.start + scale * first * layout.row }
}

/** The network's input has four channels; all other maps are written in whole blocks. */
export function pixelFloats({ channels }: KernelMap): number {
  return channels === 4 ? 4 : wholeBlocks(channels)
}
