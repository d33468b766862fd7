import { InvalidArgumentError } from '../errors/retinaface-error.ts'
import { assertPixelImage, type PixelImage, rowStrideOf } from './pixel-image.ts'

// A full triangle (1) blurs; three quarters keep detail, alias little and cost a quarter less. At long
// side 640 on WIDER FACE the average precision of 1, 0.75 and no widening differs by 0.002 at most.
const sharpness = 0.75

/** For each output position: the first source position and `taps` weights that sum to 1. */
interface ResampleWeights {
  readonly taps: number
  readonly first: Int32Array
  readonly weight: Float64Array
}

/**
 * Resizes an image with a triangle filter and half-pixel centres.
 *
 * Enlarging, this is bilinear interpolation. Shrinking, the triangle widens with the step, so that
 * every source pixel counts and fine texture hardly aliases. Edges repeat the border pixels.
 * Returns an image with the same channels and no row padding.
 *
 * @throws {InvalidImageError} if the image's pixels do not fit its dimensions.
 * @throws {InvalidArgumentError} if the size is not of whole pixels, at least one.
 */
export function resizeImage(image: PixelImage, width: number, height: number): PixelImage {
  assertPixelImage(image)
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new InvalidArgumentError('width and height', 'positive integers', `${width}×${height}`)
  }
  const { channels, data } = image
  const sourceStride = rowStrideOf(image)
  const columns = resampleWeights(image.width, width)
  const rows = resampleWeights(image.height, height)
  const row = new Float64Array(image.width * channels)
  const out = new Uint8Array(width * height * channels)
  for (let y = 0; y < height; y++) {
    const start = rows.first[y]! * sourceStride
    blendRows(
      data,
      start,
      sourceStride,
      rows.weight.subarray(y * rows.taps, (y + 1) * rows.taps),
      row,
    )
    resampleRow(row, columns, channels, out.subarray(y * width * channels))
  }
  return { data: out, width, height, channels }
}

/** The weighted sum of rows one below the other; two at a time, which takes half as long. */
function blendRows(
  data: PixelImage['data'],
  start: number,
  stride: number,
  weights: Float64Array,
  row: Float64Array,
): void {
  row.fill(0)
  for (let tap = 0; tap < weights.length; tap += 2) {
    const upper = start + tap * stride
    // The last of an odd number goes with itself.
    const lower = tap + 1 < weights.length ? upper + stride : upper
    const [first, second] = [weights[tap]!, weights[tap + 1] ?? 0]
    if (first === 0 && second === 0) continue
    for (let i = 0; i < row.length; i++) {
      row[i]! += first * data[upper + i]! + second * data[lower + i]!
    }
  }
}

function resampleRow(
  row: Float64Array,
  columns: ResampleWeights,
  channels: number,
  out: Uint8Array,
): void {
  if (channels === 3) {
    resampleColours(row, columns, out)
    return
  }
  const { first, weight, taps } = columns
  for (let x = 0, target = 0; x < first.length; x++) {
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0.5
      let source = first[x]! * channels + channel
      for (let i = x * taps; i < (x + 1) * taps; i++, source += channels) {
        sum += weight[i]! * row[source]!
      }
      out[target++] = sum
    }
  }
}

/** The same for three channels, a pixel at a time. */
function resampleColours(
  row: Float64Array,
  { first, weight, taps }: ResampleWeights,
  out: Uint8Array,
): void {
  for (let x = 0, target = 0, i = 0; x < first.length; x++) {
    let red = 0.5
    let green = 0.5
    let blue = 0.5
    for (let source = 3 * first[x]!, end = i + taps; i < end; i++, source += 3) {
      red += weight[i]! * row[source]!
      green += weight[i]! * row[source + 1]!
      blue += weight[i]! * row[source + 2]!
    }
    out[target++] = red
    out[target++] = green
    out[target++] = blue
  }
}

function resampleWeights(source: number, target: number): ResampleWeights {
  const step = source / target
  const radius = Math.max(1, sharpness * step)
  const taps = Math.min(source, Math.ceil(2 * radius))
  const first = new Int32Array(target)
  const weight = new Float64Array(target * taps)
  for (let i = 0; i < target; i++) {
    const centre = (i + 0.5) * step - 0.5
    const start = Math.floor(centre - radius) + 1
    first[i] = clamp(start, 0, source - taps)
    let total = 0
    for (let at = start; at < centre + radius; at++) {
      const value = 1 - Math.abs(at - centre) / radius
      weight[i * taps + clamp(at, 0, source - 1) - first[i]!]! += value
      total += value
    }
    for (let tap = i * taps; tap < (i + 1) * taps; tap++) weight[tap]! /= total
  }
  return { taps, first, weight }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
