// The detector's inner loops in AssemblyScript with 128-bit SIMD. Maps lie pixel by pixel, the channels
// of a pixel side by side, with a border of zeros (`src/kernels/map-layout.ts`). Addresses and steps are
// in bytes; channels are multiples of 4.

/**
 * Pixels of which all outputs are computed before the next ones. What they read and the weights fit in
 * the second-level cache, whole maps do not; a multiple of six.
 */
const BAND = 96

function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c)
  return f32x4.add(f32x4.mul(a, b), c)
}

function storePixel(to: usize, a: v128, b: v128, low: v128): void {
  v128.store(to, f32x4.pmax(low, a))
  v128.store(to, f32x4.pmax(low, b), 16)
}

/**
 * Convolution with any but depthwise weights: each output is a sum over `taps` stretches of `run`
 * neighbouring values, `tapStep` apart. Weights lie by block of 8 outputs, tap, value of the stretch,
 * output.
 *
 * Six pixels by eight outputs at a time fill the 16 registers. The last six of a row may reach beyond
 * its end, so rows are written in order and the border afterwards.
 */
export function convolve(
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
  taps: i32,
  tapStep: usize,
  run: usize,
  blocks: i32,
  floor: f32,
): void {
  const low = f32x4.splat(floor)
  const bytes = run << 2
  const blockBytes = (<usize>taps * run) << 5
  for (let row = 0; row < rows; row++) {
    for (let pixel = 0; pixel < pixels; pixel += BAND) {
      const count = min(BAND, pixels - pixel)
      let w0 = weights
      for (let block = 0; block < blocks; block++) {
        const bias = biases + ((<usize>block) << 5)
        const bandTo = dst + <usize>pixel * outStep + ((<usize>block) << 5)
        const bandFrom = src + <usize>pixel * step
        convolveBand(bandFrom, bandTo, w0, bias, count, step, outStep, taps, tapStep, bytes, low)
        w0 += blockBytes
      }
    }
    src += srcRow
    dst += dstRow
  }
}

function convolveBand(
  from: usize,
  to: usize,
  weights: usize,
  biases: usize,
  pixels: i32,
  step: usize,
  outStep: usize,
  taps: i32,
  tapStep: usize,
  bytes: usize,
  low: v128,
): void {
  const bias0 = v128.load(biases)
  const bias1 = v128.load(biases, 16)
  for (let pixel = 0; pixel < pixels; pixel += 6) {
    let a0 = bias0
    let a1 = bias1
    let b0 = bias0
    let b1 = bias1
    let c0 = bias0
    let c1 = bias1
    let d0 = bias0
    let d1 = bias1
    let e0 = bias0
    let e1 = bias1
    let f0 = bias0
    let f1 = bias1
    let w = weights
    let first = from
    for (let tap = 0; tap < taps; tap++) {
      const end = first + bytes
      for (let p0 = first; p0 < end; p0 += 8) {
        const p1 = p0 + step
        const p2 = p1 + step
        const p3 = p2 + step
        const p4 = p3 + step
        const p5 = p4 + step
        let w0 = v128.load(w)
        let w1 = v128.load(w, 16)
        let x = v128.load32_splat(p0)
        a0 = madd(x, w0, a0)
        a1 = madd(x, w1, a1)
        x = v128.load32_splat(p1)
        b0 = madd(x, w0, b0)
        b1 = madd(x, w1, b1)
        x = v128.load32_splat(p2)
        c0 = madd(x, w0, c0)
        c1 = madd(x, w1, c1)
        x = v128.load32_splat(p3)
        d0 = madd(x, w0, d0)
        d1 = madd(x, w1, d1)
        x = v128.load32_splat(p4)
        e0 = madd(x, w0, e0)
        e1 = madd(x, w1, e1)
        x = v128.load32_splat(p5)
        f0 = madd(x, w0, f0)
        f1 = madd(x, w1, f1)
        w0 = v128.load(w, 32)
        w1 = v128.load(w, 48)
        x = v128.load32_splat(p0, 4)
        a0 = madd(x, w0, a0)
        a1 = madd(x, w1, a1)
        x = v128.load32_splat(p1, 4)
        b0 = madd(x, w0, b0)
        b1 = madd(x, w1, b1)
        x = v128.load32_splat(p2, 4)
        c0 = madd(x, w0, c0)
        c1 = madd(x, w1, c1)
        x = v128.load32_splat(p3, 4)
        d0 = madd(x, w0, d0)
        d1 = madd(x, w1, d1)
        x = v128.load32_splat(p4, 4)
        e0 = madd(x, w0, e0)
        e1 = madd(x, w1, e1)
        x = v128.load32_splat(p5, 4)
        f0 = madd(x, w0, f0)
        f1 = madd(x, w1, f1)
        w += 64
      }
      first += tapStep
    }
    storePixel(to, a0, a1, low)
    storePixel(to + outStep, b0, b1, low)
    storePixel(to + 2 * outStep, c0, c1, low)
    storePixel(to + 3 * outStep, d0, d1, low)
    storePixel(to + 4 * outStep, e0, e1, low)
    storePixel(to + 5 * outStep, f0, f1, low)
    from += 6 * step
    to += 6 * outStep
  }
}

/** Depthwise 3×3 convolution; weights lie by place in the window, then channel. */
export function depthwise(
  src: usize,
  dst: usize,
  weights: usize,
  biases: usize,
  rows: i32,
  pixels: i32,
  srcRow: usize,
  dstRow: usize,
  tapStep: usize,
  step: usize,
  channels: i32,
  floor: f32,
): void {
  const low = f32x4.splat(floor)
  const bytes = (<usize>channels) << 2
  for (let row = 0; row < rows; row++) {
    for (let channel: usize = 0; channel < bytes; channel += 16) {
      let w = weights + channel
      const w00 = v128.load(w)
      w += bytes
      const w01 = v128.load(w)
      w += bytes
      const w02 = v128.load(w)
      w += bytes
      const w10 = v128.load(w)
      w += bytes
      const w11 = v128.load(w)
      w += bytes
      const w12 = v128.load(w)
      w += bytes
      const w20 = v128.load(w)
      w += bytes
      const w21 = v128.load(w)
      w += bytes
      const w22 = v128.load(w)
      const bias = v128.load(biases + channel)
      let above = src + channel
      let to = dst + channel
      for (let pixel = 0; pixel < pixels; pixel++) {
        const middle = above + tapStep
        const below = middle + tapStep
        let sum = madd(v128.load(above), w00, bias)
        sum = madd(v128.load(above + bytes), w01, sum)
        sum = madd(v128.load(above + 2 * bytes), w02, sum)
        let other = f32x4.mul(v128.load(middle), w10)
        other = madd(v128.load(middle + bytes), w11, other)
        other = madd(v128.load(middle + 2 * bytes), w12, other)
        sum = madd(v128.load(below), w20, sum)
        sum = madd(v128.load(below + bytes), w21, sum)
        other = madd(v128.load(below + 2 * bytes), w22, other)
        v128.store(to, f32x4.pmax(low, f32x4.add(sum, other)))
        above += step
        to += bytes
      }
    }
    src += srcRow
    dst += dstRow
  }
}

/** A map plus one of half its size, each pixel of which counts for four. */
export function addEnlarged(
  large: usize,
  small: usize,
  dst: usize,
  rows: i32,
  pixels: i32,
  largeRow: usize,
  smallRow: usize,
  channels: i32,
): void {
  const bytes = (<usize>channels) << 2
  for (let row = 0; row < rows; row++) {
    let from = large
    let to = dst
    for (let pixel = 0; pixel < pixels; pixel++) {
      const half = small + <usize>(pixel >> 1) * bytes
      for (let channel: usize = 0; channel < bytes; channel += 16) {
        v128.store(to + channel, f32x4.add(v128.load(from + channel), v128.load(half + channel)))
      }
      from += bytes
      to += bytes
    }
    large += largeRow
    dst += largeRow
    if (row & 1) small += smallRow
  }
}

/** Three planes minus `mean` as pixels of four channels, the last of which is 0. */
export function interleave(
  src: usize,
  dst: usize,
  rows: i32,
  pixels: i32,
  dstRow: usize,
  mean: f32,
): void {
  const plane = (<usize>(rows * pixels)) << 2
  const means = f32x4(mean, mean, mean, 0)
  for (let row = 0; row < rows; row++) {
    let to = dst
    for (let pixel = 0; pixel < pixels; pixel++) {
      let value = v128.load32_zero(src)
      value = v128.load32_lane(src + plane, value, 1)
      value = v128.load32_lane(src + 2 * plane, value, 2)
      v128.store(to, f32x4.sub(value, means))
      src += 4
      to += 16
    }
    dst += dstRow
  }
}

/** Zeros around a map: the row above it, the column that lies between its rows, the row below. */
export function clearBorder(map: usize, rows: i32, row: usize, pixel: usize): void {
  memory.fill(map, 0, row)
  for (let i = 0; i < rows; i++) {
    map += row
    memory.fill(map, 0, pixel)
  }
  memory.fill(map + row, 0, row + pixel)
}
