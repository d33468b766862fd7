// The inner loops of resizing in AssemblyScript with 128-bit SIMD. Addresses and strides are in bytes.

/**
 * Adds rows of 8-bit samples, each times its weight, to a row of sums.
 *
 * @param rows where they begin; from each to the next `stride`, a multiple of 16
 * @param weights one a row
 * @param sums `stride` of them
 */
export function blendRows(
  rows: usize,
  count: i32,
  stride: usize,
  weights: usize,
  sums: usize,
): void {
  const end = rows + stride
  for (; rows < end; rows += 16, sums += 64) {
    let sum0 = v128.load(sums)
    let sum1 = v128.load(sums, 16)
    let sum2 = v128.load(sums, 32)
    let sum3 = v128.load(sums, 48)
    let at = rows
    for (let row = 0; row < count; row++, at += stride) {
      const weight = v128.load32_splat(weights + ((<usize>row) << 2))
      const samples = v128.load(at)
      const low = i16x8.extend_low_i8x16_u(samples)
      const high = i16x8.extend_high_i8x16_u(samples)
      sum0 = f32x4.add(sum0, f32x4.mul(weight, floats(i32x4.extend_low_i16x8_u(low))))
      sum1 = f32x4.add(sum1, f32x4.mul(weight, floats(i32x4.extend_high_i16x8_u(low))))
      sum2 = f32x4.add(sum2, f32x4.mul(weight, floats(i32x4.extend_low_i16x8_u(high))))
      sum3 = f32x4.add(sum3, f32x4.mul(weight, floats(i32x4.extend_high_i16x8_u(high))))
    }
    v128.store(sums, sum0)
    v128.store(sums, sum1, 16)
    v128.store(sums, sum2, 32)
    v128.store(sums, sum3, 48)
  }
}

/**
 * A row of 8-bit samples from weighted sums along a row of floats.
 *
 * Four floats are read and four samples written for each pixel, whatever its channels: those too many
 * are the next pixel's, or beyond the row's end.
 *
 * @param starts of each pixel's first float, from `sums` on
 * @param weights `taps` a pixel
 */
export function resampleRow(
  sums: usize,
  starts: usize,
  weights: usize,
  taps: i32,
  channels: usize,
  width: i32,
  out: usize,
): void {
  const step = channels << 2
  for (let x = 0; x < width; x++, starts += 4, out += channels) {
    let at = sums + <usize>load<i32>(starts)
    let sum = f32x4.splat(0)
    for (let tap = 0; tap < taps; tap++, weights += 4, at += step) {
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(weights), v128.load(at)))
    }
    // From 2^23 on floats are whole numbers: the lowest byte of each is the rounded sample.
    const whole = f32x4.add(sum, f32x4.splat(8388608))
    const bytes = i8x16.shuffle(whole, whole, 0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    v128.store32_lane(out, bytes, 0)
  }
}

function floats(whole: v128): v128 {
  return f32x4.convert_i32x4_s(whole)
}
