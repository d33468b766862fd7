import { BLOCK } from './block'

export function resample(
  out: usize,
  outStride: usize,
  rows: i32,
  channels: i32,
  starts: usize,
  indices: usize,
  weights: usize,
  x: usize,
  xStride: usize,
): void {
  const bytes = (<usize>channels) << 2
  for (let row = 0; row < rows; row++) {
    const first = (<usize>load<i32>(starts)) << 2
    starts += 4
    const last = (<usize>load<i32>(starts)) << 2
    let block: usize = 0
    for (; block + 96 <= bytes; block += 96) {
      resampleWide(out + block, first, last, indices, weights, x + block, xStride)
    }
    for (; block + 32 <= bytes; block += 32) {
      const to = out + block
      let sum0 = f32x4.splat(0)
      let sum1 = f32x4.splat(0)
      for (let k = first; k < last; k += 4) {
        const at = x + block + <usize>load<i32>(indices + k) * xStride
        const share = v128.load32_splat(weights + k)
        sum0 = f32x4.add(sum0, f32x4.mul(share, v128.load(at)))
        sum1 = f32x4.add(sum1, f32x4.mul(share, v128.load(at, BLOCK)))
      }
      v128.store(to, sum0)
      v128.store(to, sum1, BLOCK)
    }
    if (block < bytes) {
      let sum = f32x4.splat(0)
      for (let k = first; k < last; k += 4) {
        const at = x + block + <usize>load<i32>(indices + k) * xStride
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(weights + k), v128.load(at)))
      }
      v128.store(out + block, sum)
    }
    out += outStride
  }
}

/** Six blocks of a row at once, so that its indices and weights are read once. */
function resampleWide(
  out: usize,
  first: usize,
  last: usize,
  indices: usize,
  weights: usize,
  x: usize,
  xStride: usize,
): void {
  let sum0 = f32x4.splat(0)
  let sum1 = f32x4.splat(0)
  let sum2 = f32x4.splat(0)
  let sum3 = f32x4.splat(0)
  let sum4 = f32x4.splat(0)
  let sum5 = f32x4.splat(0)
  for (let k = first; k < last; k += 4) {
    const at = x + <usize>load<i32>(indices + k) * xStride
    const share = v128.load32_splat(weights + k)
    sum0 = f32x4.add(sum0, f32x4.mul(share, v128.load(at)))
    sum1 = f32x4.add(sum1, f32x4.mul(share, v128.load(at, 16)))
    sum2 = f32x4.add(sum2, f32x4.mul(share, v128.load(at, 32)))
    sum3 = f32x4.add(sum3, f32x4.mul(share, v128.load(at, 48)))
    sum4 = f32x4.add(sum4, f32x4.mul(share, v128.load(at, 64)))
    sum5 = f32x4.add(sum5, f32x4.mul(share, v128.load(at, 80)))
  }
  v128.store(out, sum0)
  v128.store(out, sum1, 16)
  v128.store(out, sum2, 32)
  v128.store(out, sum3, 48)
  v128.store(out, sum4, 64)
  v128.store(out, sum5, 80)
}
