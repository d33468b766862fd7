import { BLOCK } from './block'

export function matmul(
  x: usize,
  xStride: usize,
  weight: usize,
  bias: usize,
  z: usize,
  zStride: usize,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  const bytes = (<usize>columns) << 2
  const panelBytes = (<usize>inner) << 5
  for (let column: usize = 0; column < bytes; column += 32) {
    const low = v128.load(bias + column)
    const high = v128.load(bias + column, BLOCK)
    const isWhole = column + BLOCK < bytes
    let from = x
    let to = z + column
    let row = 0
    for (; row + 4 <= rows; row += 4) {
      fourRows(from, xStride, weight, inner, low, high, to, zStride, isWhole)
      from += xStride << 2
      to += zStride << 2
    }
    for (; row < rows; row++) {
      oneRow(from, weight, inner, low, high, to, isWhole)
      from += xStride
      to += zStride
    }
    weight += panelBytes
  }
}

function storePanel(z: usize, low: v128, high: v128, isWhole: bool): void {
  v128.store(z, low)
  if (isWhole) v128.store(z, high, BLOCK)
}

function fourRows(
  x: usize,
  xStride: usize,
  weight: usize,
  inner: i32,
  low: v128,
  high: v128,
  z: usize,
  zStride: usize,
  isWhole: bool,
): void {
  let a0 = low
  let a1 = high
  let b0 = low
  let b1 = high
  let c0 = low
  let c1 = high
  let d0 = low
  let d1 = high
  const x1 = x + xStride
  const x2 = x1 + xStride
  const x3 = x2 + xStride
  const end = (<usize>inner) << 2
  for (let i: usize = 0; i < end; i += 4) {
    const w0 = v128.load(weight)
    const w1 = v128.load(weight, BLOCK)
    weight += 32
    let value = v128.load32_splat(x + i)
    a0 = f32x4.add(a0, f32x4.mul(value, w0))
    a1 = f32x4.add(a1, f32x4.mul(value, w1))
    value = v128.load32_splat(x1 + i)
    b0 = f32x4.add(b0, f32x4.mul(value, w0))
    b1 = f32x4.add(b1, f32x4.mul(value, w1))
    value = v128.load32_splat(x2 + i)
    c0 = f32x4.add(c0, f32x4.mul(value, w0))
    c1 = f32x4.add(c1, f32x4.mul(value, w1))
    value = v128.load32_splat(x3 + i)
    d0 = f32x4.add(d0, f32x4.mul(value, w0))
    d1 = f32x4.add(d1, f32x4.mul(value, w1))
  }
  storePanel(z, a0, a1, isWhole)
  storePanel(z + zStride, b0, b1, isWhole)
  storePanel(z + (zStride << 1), c0, c1, isWhole)
  storePanel(z + zStride * 3, d0, d1, isWhole)
}

/** Two accumulators a block hide the latency of additions. */
function oneRow(
  x: usize,
  weight: usize,
  inner: i32,
  low: v128,
  high: v128,
  z: usize,
  isWhole: bool,
): void {
  let a0 = low
  let a1 = high
  let b0 = f32x4.splat(0)
  let b1 = f32x4.splat(0)
  const end = x + ((<usize>inner) << 2)
  for (; x + 8 <= end; x += 8) {
    let value = v128.load32_splat(x)
    a0 = f32x4.add(a0, f32x4.mul(value, v128.load(weight)))
    a1 = f32x4.add(a1, f32x4.mul(value, v128.load(weight, 16)))
    value = v128.load32_splat(x, 4)
    b0 = f32x4.add(b0, f32x4.mul(value, v128.load(weight, 32)))
    b1 = f32x4.add(b1, f32x4.mul(value, v128.load(weight, 48)))
    weight += 64
  }
  if (x < end) {
    const value = v128.load32_splat(x)
    a0 = f32x4.add(a0, f32x4.mul(value, v128.load(weight)))
    a1 = f32x4.add(a1, f32x4.mul(value, v128.load(weight, 16)))
  }
  storePanel(z, f32x4.add(a0, b0), f32x4.add(a1, b1), isWhole)
}
