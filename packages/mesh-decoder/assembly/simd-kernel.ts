// The decoder's inner loops in AssemblyScript with 128-bit SIMD; `src/decoder/kernel.ts` says what
// each does. Addresses and strides are in bytes, counts in elements, channels multiples of 4.

const BLOCK: usize = 16

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

export function activate(values: usize, count: i32, kind: i32, slope: f32): void {
  const end = values + ((<usize>count) << 2)
  const zero = f32x4.splat(0)
  const slopes = f32x4.splat(slope)
  for (; values < end; values += BLOCK) {
    const value = v128.load(values)
    // Unlike min and max, pmin and pmax are one instruction each.
    const below = f32x4.pmin(zero, value)
    const negative = kind === ELU ? exponentialMinusOne(below) : f32x4.mul(slopes, below)
    v128.store(values, f32x4.add(f32x4.pmax(zero, value), negative))
  }
}

const ELU = 1

/** exp(x) − 1 for x ≤ 0, to an absolute error of about 1e-7. */
function exponentialMinusOne(x: v128): v128 {
  const bounded = f32x4.max(x, f32x4.splat(-80))
  const power = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(Mathf.LOG2E)))
  const rest = f32x4.sub(
    f32x4.sub(bounded, f32x4.mul(power, f32x4.splat(0.693145751953125))),
    f32x4.mul(power, f32x4.splat(1.4286068203094173e-6)),
  )
  let series = f32x4.splat(1.0 / 5040.0)
  series = f32x4.add(f32x4.mul(series, rest), f32x4.splat(1.0 / 720.0))
  series = f32x4.add(f32x4.mul(series, rest), f32x4.splat(1.0 / 120.0))
  series = f32x4.add(f32x4.mul(series, rest), f32x4.splat(1.0 / 24.0))
  series = f32x4.add(f32x4.mul(series, rest), f32x4.splat(1.0 / 6.0))
  series = f32x4.add(f32x4.mul(series, rest), f32x4.splat(0.5))
  series = f32x4.add(f32x4.mul(series, rest), f32x4.splat(1))
  series = f32x4.mul(series, rest)
  const exponent = i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127))
  const scale = i32x4.shl(exponent, 23)
  return f32x4.add(f32x4.mul(series, scale), f32x4.sub(scale, f32x4.splat(1)))
}

export function activationGradient(
  gradients: usize,
  values: usize,
  count: i32,
  kind: i32,
  slope: f32,
): void {
  const end = values + ((<usize>count) << 2)
  const zero = f32x4.splat(0)
  const one = f32x4.splat(1)
  const slopes = f32x4.splat(slope)
  for (; values < end; values += BLOCK) {
    const value = v128.load(values)
    const negative = kind === ELU ? f32x4.add(value, one) : slopes
    const derivative = v128.bitselect(one, negative, f32x4.gt(value, zero))
    v128.store(gradients, f32x4.mul(v128.load(gradients), derivative))
    gradients += BLOCK
  }
}

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
