import { convolveBand } from './convolve'
import { NUMBER } from './thread'
import { fromWindows, toWindows } from './windows'

/** Address of eight zeros, which the host leaves alone. */
const ZEROS: usize = 0

/**
 * 3×3 convolution by Winograd's F(2×2, 3×3) (Lavin and Gray, arXiv 1509.09308, section 4.1): 16
 * multiplications for what takes 36. A window of 4×4 values gives 2×2 outputs. Weights lie by place in
 * the transformed window, block of 8 outputs, input, output.
 *
 * @param scratch room for 16 places of `strip + 6` windows, of all inputs and of all outputs, for each
 *   thread
 * @param strip windows that are worked on together, a whole number of rows of them
 */
export function winograd(
  src: usize,
  dst: usize,
  weights: usize,
  biases: usize,
  rows: i32,
  pixels: i32,
  srcRow: usize,
  dstRow: usize,
  step: usize,
  outStep: usize,
  inputs: i32,
  blocks: i32,
  scratch: usize,
  strip: i32,
  floor: f32,
): void {
  const low = f32x4.splat(floor)
  const none = f32x4.splat(-Infinity)
  const perRow = pixels >> 1
  const windowRows = rows >> 1
  const stripRows = strip / perRow
  const inBytes = (<usize>inputs) << 2
  const outBytes = (<usize>blocks) << 5
  const inPlace = <usize>(strip + 6) * inBytes
  const outPlace = <usize>(strip + 6) * outBytes
  const windows = scratch + <usize>NUMBER * 16 * (inPlace + outPlace)
  const products = windows + 16 * inPlace
  const blockBytes = inBytes << 3
  for (let row = 0; row < windowRows; row += stripRows) {
    const count = min(stripRows, windowRows - row)
    for (let i = 0; i < count; i++) {
      const from = src + <usize>(row + i) * 2 * srcRow
      toWindows(
        from,
        windows + <usize>(i * perRow) * inBytes,
        perRow,
        srcRow,
        step,
        inBytes,
        inPlace,
      )
    }
    let w = weights
    for (let place: usize = 0; place < 16; place++) {
      const from = windows + place * inPlace
      const to = products + place * outPlace
      for (let block = 0; block < blocks; block++) {
        const target = to + ((<usize>block) << 5)
        convolveBand(from, target, w, ZEROS, count * perRow, inBytes, outBytes, 1, 0, inBytes, none)
        w += blockBytes
      }
    }
    for (let i = 0; i < count; i++) {
      const from = products + <usize>(i * perRow) * outBytes
      const to = dst + <usize>(row + i) * 2 * dstRow
      fromWindows(from, to, biases, perRow, dstRow, outStep, outBytes, outPlace, low)
    }
  }
}
