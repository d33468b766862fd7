import { InvalidArgumentError } from '../errors/retinaface-error.ts'
import { assertPixelImage, type PixelImage, rowStrideOf } from './pixel-image.ts'

// A full triangle (1) blurs; three quarters keep detail, alias little and cost a quarter less. At long
// side 640 on WIDER FACE the average precision of 1, 0.75 and no widening differs by 0.002 at most.
const sharpness = 0.75

/** For each output position: the first source position and `taps` weights that sum to 1. */
interface ResampleWeights {
  readonly taps: number
  readonly first: Int32Array
  readonly weight: Float32Array
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
  const samples = image.width * channels
  const row = new Float32Array(samples)
  const out = new Uint8Array(width * height * channels)
  for (let y = 0; y < height; y++) {
    row.fill(0)
    for (let tap = 0; tap < rows.taps; tap++) {
      const weight = rows.weight[y * rows.taps + tap]!
      if (weight === 0) continue
      const start = (rows.first[y]! + tap) * sourceStride
      for (let i = 0; i < samples; i++) row[i]! += weight * data[start + i]!
    }
    resampleRow(row, columns, channels, out, y * width * channels)
  }
  return { data: out, width, height, channels }
}

function resampleRow(
  row: Float32Array,
  { first, weight, taps }: ResampleWeights,
  channels: number,
  out: Uint8Array,
  outStart: number,
): void {
  for (let x = 0, target = outStart; x < first.length; x++) {
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

function resampleWeights(source: number, target: number): ResampleWeights {
  const step = source / target
  const radius = Math.max(1, sharpness * step)
  const taps = Math.min(source, Math.ceil(2 * radius) + 1)
  const first = new Int32Array(target)
  const weight = new Float32Array(target * taps)
  for (let i = 0; i < target; i++) {
    const centre = (i + 0.5) * step - 0.5
    const start = Math.ceil(centre - radius)
    first[i] = clamp(start, 0, source - taps)
    let total = 0
    for (let at = start; at <= centre + radius; at++) {
      const value = 1 - Math.abs(at - centre) / radius
      if (value <= 0) continue
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
