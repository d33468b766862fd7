import { BLOCK } from './block'

export function normalise(
  values: usize,
  mean: usize,
  scale: usize,
  positions: usize,
  colors: usize,
  vertices: i32,
): void {
  // A store's fourth number is in the place of the next vertex, which comes after.
  for (let vertex = 0; vertex < vertices; vertex++) {
    const low = f32x4.mul(v128.load(scale), v128.load(values))
    const high = f32x4.mul(v128.load(scale, BLOCK), v128.load(values, BLOCK))
    const first = f32x4.add(v128.load(mean), low)
    const second = f32x4.add(v128.load(mean, BLOCK), high)
    v128.store(positions, first)
    v128.store(colors, v128.shuffle<f32>(first, second, 3, 4, 5, 6))
    values += 32
    mean += 32
    scale += 32
    positions += 12
    colors += 12
  }
}

export function project(points: usize, matrix: usize, out: usize, vertices: i32): void {
  const column0 = v128.load(matrix)
  const column1 = v128.load(matrix, 16)
  const column2 = v128.load(matrix, 32)
  const column3 = v128.load(matrix, 48)
  const shift = v128.load(matrix, 64)
  const one = f32x4.splat(1)
  for (let vertex = 0; vertex < vertices; vertex++) {
    const x = f32x4.mul(column0, v128.load32_splat(points))
    const y = f32x4.mul(column1, v128.load32_splat(points, 4))
    const z = f32x4.mul(column2, v128.load32_splat(points, 8))
    const point = f32x4.add(f32x4.add(x, y), f32x4.add(z, column3))
    const divisor = v128.shuffle<f32>(point, one, 3, 3, 4, 4)
    v128.store(out, f32x4.add(f32x4.div(point, divisor), shift))
    points += 12
    out += 12
  }
}
