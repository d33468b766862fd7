import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'

/**
 * The size at which the network sees the picture.
 *
 * - `'auto'`: the whole picture reduced to a long side of 1,024 pixels, where it is larger; then closer
 *   by steps, up to pixel for pixel, but only where small faces may be. Where `minFaceSize` is more than
 *   the size that the network finds with ease (24 pixels, see `faceSizes` of a configuration), the looks
 *   end where faces of `minFaceSize` are that large. Meshes and features are read pixel for pixel all the
 *   same.
 * - `'pyramid'`: every pixel, then once more at one and a half times the size, but only where faces
 *   smaller than the network finds with ease may be: most of what enlarging the whole picture finds, for
 *   a fraction of the work.
 * - `'original'`: every pixel; what is larger than `tileSize` is done in tiles.
 * - a number, or `{ longSide }`: the long side scaled to this many pixels, up or down.
 * - `{ width, height }`: scaled to fit and padded, so that every picture gives the same input size.
 * - `{ shortSides }`: several scales, merged; the paper's protocol uses 500, 800, 1100, 1400, 1700.
 *
 * Beside these, the whole is looked at once more, reduced, where a face may be larger than the network
 * finds in one piece (not with `{ width, height }` and `{ shortSides }`).
 */
export type InputSizeOption =
  | 'auto'
  | 'pyramid'
  | 'original'
  | number
  | { readonly longSide: number }
  | { readonly width: number; readonly height: number }
  | { readonly shortSides: readonly number[] }

// Of one scale; what is larger than `tileSize` is done in tiles. One pass of a fixed size is not.
const longestSide = 100_000
const longestFixedSide = 8192

const namedSizes: readonly unknown[] = ['auto', 'pyramid', 'original']

/** @throws {InvalidArgumentError} for what is no size, or too large a one */
export function checkInputSize(inputSize: InputSizeOption): void {
  if (namedSizes.includes(inputSize)) return
  const isFixed = typeof inputSize === 'object' && inputSize !== null && 'width' in inputSize
  const longest = isFixed ? longestFixedSide : longestSide
  const sides = sidesOf(inputSize)
  const areSides = sides.every((side) => Number.isInteger(side) && side > 0 && side <= longest)
  if (sides.length > 0 && areSides) return
  throw new InvalidArgumentError(
    'options.inputSize',
    `'auto', 'pyramid', 'original', a positive integer, { longSide }, { width, height } or { shortSides }, with sides of at most ${longest} pixels,`,
    inputSize,
  )
}

function sidesOf(inputSize: InputSizeOption): readonly number[] {
  if (typeof inputSize === 'number') return [inputSize]
  if (typeof inputSize !== 'object' || inputSize === null) return []
  if ('longSide' in inputSize) return [inputSize.longSide]
  if ('shortSides' in inputSize)
    return Array.isArray(inputSize.shortSides) ? inputSize.shortSides : []
  return [inputSize.width, inputSize.height]
}
