import { BLOCK } from './block'

export function place(
  canonical: usize,
  colors: usize,
  vertices: i32,
  starts: usize,
  indices: usize,
  weights: usize,
  x: usize,
  xStride: usize,
  mean: usize,
  scale: usize,
): void {
  let first = (<usize>load<i32>(starts)) << 2
  // A store's fourth number is in the place of the next vertex, which comes after.
  for (let vertex = 0; vertex < vertices; vertex++) {
    starts += 4
    const last = (<usize>load<i32>(starts)) << 2
    let low = f32x4.splat(0)
    let high = f32x4.splat(0)
    for (; first < last; first += 4) {
      const at = x + <usize>load<i32>(indices + first) * xStride
      const share = v128.load32_splat(weights + first)
      low = f32x4.add(low, f32x4.mul(share, v128.load(at)))
      high = f32x4.add(high, f32x4.mul(share, v128.load(at, BLOCK)))
    }
    low = f32x4.add(v128.load(mean), f32x4.mul(v128.load(scale), low))
    high = f32x4.add(v128.load(mean, BLOCK), f32x4.mul(v128.load(scale, BLOCK), high))
    v128.store(canonical, low)
    v128.store(colors, v128.shuffle<f32>(low, high, 3, 4, 5, 6))
    mean += 32
    scale += 32
    canonical += 12
    colors += 12
  }
}

export function project(
  out: usize,
  vertices: i32,
  starts: usize,
  indices: usize,
  weights: usize,
  x: usize,
  xStride: usize,
  mean: usize,
  scale: usize,
  matrix: usize,
): void {
  const column0 = v128.load(matrix)
  const column1 = v128.load(matrix, 16)
  const column2 = v128.load(matrix, 32)
  const column3 = v128.load(matrix, 48)
  const shift = v128.load(matrix, 64)
  const one = f32x4.splat(1)
  let first = (<usize>load<i32>(starts)) << 2
  for (let vertex = 0; vertex < vertices; vertex++) {
    starts += 4
    const last = (<usize>load<i32>(starts)) << 2
    let sum = f32x4.splat(0)
    for (; first < last; first += 4) {
      const at = x + <usize>load<i32>(indices + first) * xStride
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(weights + first), v128.load(at)))
    }
    const place = f32x4.add(v128.load(mean), f32x4.mul(v128.load(scale), sum))
    const along0 = f32x4.mul(column0, v128.shuffle<f32>(place, place, 0, 0, 0, 0))
    const along1 = f32x4.mul(column1, v128.shuffle<f32>(place, place, 1, 1, 1, 1))
    const along2 = f32x4.mul(column2, v128.shuffle<f32>(place, place, 2, 2, 2, 2))
    const point = f32x4.add(f32x4.add(along0, along1), f32x4.add(along2, column3))
    const divisor = v128.shuffle<f32>(point, one, 3, 3, 4, 4)
    v128.store(out, f32x4.add(f32x4.div(point, divisor), shift))
    mean += 32
    scale += 32
    out += 12
  }
}
