import { paddedChannels } from '@retinaface/mesh-decoder'
import type { HeadGrid } from './head-architecture.ts'

/** Where the inputs of the first layer lie in a row whose parts are padded for a kernel. */
export interface InputColumns {
  /** Numbers a row. */
  readonly width: number
  /** The column at which each grid's part begins. */
  readonly firstOf: readonly number[]
  /** The column of an input, counted without padding. */
  of(input: number): number
}

/** Grids come last: there, a weight file has the channels of a point together, a row its points. */
export function inputColumns(
  inputs: number,
  grids: readonly Pick<HeadGrid, 'points' | 'channels'>[],
): InputColumns {
  const own = inputs - grids.reduce((sum, { points, channels }) => sum + points ** 2 * channels, 0)
  const columns = Array.from({ length: own }, (_, input) => input)
  const firstOf: number[] = []
  let width = paddedChannels(own)
  for (const { points, channels } of grids) {
    firstOf.push(width)
    const row = paddedChannels(points ** 2)
    for (let point = 0; point < points ** 2; point++) {
      for (let channel = 0; channel < channels; channel++) {
        columns.push(width + channel * row + point)
      }
    }
    width += channels * row
  }
  return { width, firstOf, of: (input) => columns[input]! }
}
