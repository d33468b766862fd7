import { type PixelImage, rowStrideOf } from './pixel-image.ts'
import type { ResampleWeights } from './resample-weights.ts'

/** Resizes in JavaScript, where {@link resizeWithSimd} cannot. */
export function resizePlainly(
  image: PixelImage,
  columns: ResampleWeights,
  rows: ResampleWeights,
  out: Uint8Array,
): void {
  const { channels, data } = image
  const { taps, first, weight } = rows
  const stride = rowStrideOf(image)
  const row = new Float64Array(image.width * channels)
  // Rounds, where a plain array would cut off.
  const samples = new Uint8ClampedArray(out.buffer, out.byteOffset, out.length)
  const outStride = columns.first.length * channels
  for (let y = 0; y < first.length; y++) {
    const weights = weight.subarray(y * taps, (y + 1) * taps)
    blendRows(data, first[y]! * stride, stride, weights, row)
    resampleRow(row, columns, channels, samples.subarray(y * outStride))
  }
}

/** The weighted sum of rows one below the other; two at a time, which takes half as long. */
function blendRows(
  data: PixelImage['data'],
  start: number,
  stride: number,
  weights: Float32Array,
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
  { first, weight, taps }: ResampleWeights,
  channels: number,
  out: Uint8ClampedArray,
): void {
  for (let x = 0, target = 0; x < first.length; x++) {
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0
      let source = first[x]! * channels + channel
      for (let i = x * taps; i < (x + 1) * taps; i++, source += channels) {
        sum += weight[i]! * row[source]!
      }
      out[target++] = sum
    }
  }
}
