import { type PixelImage, rowStrideOf } from './pixel-image.ts'
import type { ResampleWeights } from './resample-weights.ts'
import { compileResizeKernel, type ResizeKernel } from './resize-kernel.ts'

// Of a vector of the kernel; its rows of samples are multiples of them.
const vectorBytes = 16
// So many rows are copied and blended at a time, and of so many samples at most: memory that was once
// reserved stays.
const blendedRows = 16
const widestRow = 400_000

let kernel: ResizeKernel | 'none' | undefined

/**
 * Resizes with WebAssembly SIMD, in a quarter to a seventh of the time of {@link resizePlainly}.
 *
 * @returns whether it could; `out` is untouched if not.
 */
export function resizeWithSimd(
  image: PixelImage,
  columns: ResampleWeights,
  rows: ResampleWeights,
  out: Uint8Array,
): boolean {
  const { channels, data } = image
  const samples = image.width * channels
  const outSamples = columns.first.length * channels
  if (Math.max(samples, outSamples) > widestRow) return false
  kernel ??= compileResizeKernel() ?? 'none'
  if (kernel === 'none') return false
  const stride = wholeVectors(samples)
  const places = placeParts({
    rows: stride * Math.min(rows.taps, blendedRows),
    // The kernel reads and writes four channels of the last pixel too.
    sums: stride * 4 + vectorBytes,
    rowWeights: rows.weight.byteLength,
    starts: columns.first.byteLength,
    columnWeights: columns.weight.byteLength,
    line: outSamples + vectorBytes,
  })
  const { bytes, floats, integers } = kernel.reserve(places.end)
  floats.set(rows.weight, places.rowWeights / 4)
  floats.set(columns.weight, places.columnWeights / 4)
  columns.first.forEach((first, x) => {
    integers[places.starts / 4 + x] = first * channels * 4
  })
  const sums = floats.subarray(places.sums / 4, places.sums / 4 + stride)
  const line = bytes.subarray(places.line, places.line + outSamples)
  const sourceStride = rowStrideOf(image)
  for (let y = 0; y < rows.first.length; y++) {
    sums.fill(0)
    for (let tap = 0; tap < rows.taps; tap += blendedRows) {
      const count = Math.min(blendedRows, rows.taps - tap)
      let start = (rows.first[y]! + tap) * sourceStride
      for (let row = 0; row < count; row++, start += sourceStride) {
        bytes.set(data.subarray(start, start + samples), places.rows + row * stride)
      }
      const weights = places.rowWeights + (y * rows.taps + tap) * 4
      kernel.blendRows(places.rows, count, stride, weights, places.sums)
    }
    kernel.resampleRow(
      places.sums,
      places.starts,
      places.columnWeights,
      columns.taps,
      channels,
      columns.first.length,
      places.line,
    )
    out.set(line, y * outSamples)
  }
  return true
}

/** Where each part begins, one after the other, and where the last ends. */
function placeParts<Part extends string>(
  sizes: Readonly<Record<Part, number>>,
): Readonly<Record<Part | 'end', number>> {
  let end = 0
  const places: Record<string, number> = {}
  for (const [part, size] of Object.entries<number>(sizes)) {
    places[part] = end
    end = wholeVectors(end + size)
  }
  return { ...places, end } as Record<Part | 'end', number>
}

function wholeVectors(bytes: number): number {
  return Math.ceil(bytes / vectorBytes) * vectorBytes
}
