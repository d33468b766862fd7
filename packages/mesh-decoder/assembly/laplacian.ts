import { BLOCK } from './block'

export function laplacian(
  out: usize,
  outStride: usize,
  x: usize,
  xStride: usize,
  plus: usize,
  plusStride: usize,
  minus: usize,
  minusStride: usize,
  rows: i32,
  channels: i32,
  factor: f32,
  starts: usize,
  neighbours: usize,
  diagonal: usize,
  offDiagonal: f32,
): void {
  const bytes = (<usize>channels) << 2
  const off = f32x4.splat(factor * offDiagonal)
  const hasPlus = plus !== 0
  const hasMinus = minus !== 0
  let first = neighbours + ((<usize>load<i32>(starts)) << 2)
  let own = x
  for (let row = 0; row < rows; row++) {
    starts += 4
    const last = neighbours + ((<usize>load<i32>(starts)) << 2)
    const on = f32x4.splat(factor * load<f32>(diagonal))
    diagonal += 4
    let block: usize = 0
    for (; block + 32 <= bytes; block += 32) {
      let sum0 = f32x4.splat(0)
      let sum1 = f32x4.splat(0)
      for (let k = first; k < last; k += 4) {
        const at = x + block + <usize>load<i32>(k) * xStride
        sum0 = f32x4.add(sum0, v128.load(at))
        sum1 = f32x4.add(sum1, v128.load(at, BLOCK))
      }
      sum0 = f32x4.add(f32x4.mul(off, sum0), f32x4.mul(on, v128.load(own + block)))
      sum1 = f32x4.add(f32x4.mul(off, sum1), f32x4.mul(on, v128.load(own + block, BLOCK)))
      if (hasPlus) {
        sum0 = f32x4.add(sum0, v128.load(plus + block))
        sum1 = f32x4.add(sum1, v128.load(plus + block, BLOCK))
      }
      if (hasMinus) {
        sum0 = f32x4.sub(sum0, v128.load(minus + block))
        sum1 = f32x4.sub(sum1, v128.load(minus + block, BLOCK))
      }
      v128.store(out + block, sum0)
      v128.store(out + block, sum1, BLOCK)
    }
    if (block < bytes) {
      let sum = f32x4.splat(0)
      for (let k = first; k < last; k += 4) {
        sum = f32x4.add(sum, v128.load(x + block + <usize>load<i32>(k) * xStride))
      }
      sum = f32x4.add(f32x4.mul(off, sum), f32x4.mul(on, v128.load(own + block)))
      if (hasPlus) sum = f32x4.add(sum, v128.load(plus + block))
      if (hasMinus) sum = f32x4.sub(sum, v128.load(minus + block))
      v128.store(out + block, sum)
    }
    first = last
    out += outStride
    own += xStride
    plus += plusStride
    minus += minusStride
  }
}
