// The detector's inner loops in AssemblyScript with 128-bit SIMD. Maps lie pixel by pixel, the channels
// of a pixel side by side, with a border of zeros (`src/kernels/map-layout.ts`). Addresses and steps are
// in bytes; channels are multiples of 4.

/**
 * Pixels of which all outputs are computed before the next ones. What they read and the weights fit in
 * the second-level cache, whole maps do not; a multiple of six.
 */
const BAND = 96

/** Address of eight zeros, which the host leaves alone. */
const ZEROS: usize = 0

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

/**
 * 3×3 convolution by Winograd's F(2×2, 3×3) (Lavin and Gray, arXiv 1509.09308, section 4.1): 16
 * multiplications for what takes 36. A window of 4×4 values gives 2×2 outputs. Weights lie by place in
 * the transformed window, block of 8 outputs, input, output.
 *
 * @param scratch room for 16 places of `strip + 6` windows, of all inputs and of all outputs
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
  const products = scratch + 16 * inPlace
  const blockBytes = inBytes << 3
  for (let row = 0; row < windowRows; row += stripRows) {
    const count = min(stripRows, windowRows - row)
    for (let i = 0; i < count; i++) {
      const from = src + <usize>(row + i) * 2 * srcRow
      toWindows(
        from,
        scratch + <usize>(i * perRow) * inBytes,
        perRow,
        srcRow,
        step,
        inBytes,
        inPlace,
      )
    }
    let w = weights
    for (let place: usize = 0; place < 16; place++) {
      const from = scratch + place * inPlace
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

/** Bᵀ d B of each window d. */
function toWindows(
  src: usize,
  dst: usize,
  windows: i32,
  srcRow: usize,
  step: usize,
  bytes: usize,
  place: usize,
): void {
  for (let window = 0; window < windows; window++) {
    for (let channel: usize = 0; channel < bytes; channel += 16) {
      let at = src + channel
      const d00 = v128.load(at)
      const d10 = v128.load(at + srcRow)
      const d20 = v128.load(at + 2 * srcRow)
      const d30 = v128.load(at + 3 * srcRow)
      at = src + channel + step
      const d01 = v128.load(at)
      const d11 = v128.load(at + srcRow)
      const d21 = v128.load(at + 2 * srcRow)
      const d31 = v128.load(at + 3 * srcRow)
      at = src + channel + 2 * step
      const d02 = v128.load(at)
      const d12 = v128.load(at + srcRow)
      const d22 = v128.load(at + 2 * srcRow)
      const d32 = v128.load(at + 3 * srcRow)
      at = src + channel + 3 * step
      const d03 = v128.load(at)
      const d13 = v128.load(at + srcRow)
      const d23 = v128.load(at + 2 * srcRow)
      const d33 = v128.load(at + 3 * srcRow)
      const t00 = f32x4.sub(d00, d20)
      const t10 = f32x4.add(d10, d20)
      const t20 = f32x4.sub(d20, d10)
      const t30 = f32x4.sub(d10, d30)
      const t01 = f32x4.sub(d01, d21)
      const t11 = f32x4.add(d11, d21)
      const t21 = f32x4.sub(d21, d11)
      const t31 = f32x4.sub(d11, d31)
      const t02 = f32x4.sub(d02, d22)
      const t12 = f32x4.add(d12, d22)
      const t22 = f32x4.sub(d22, d12)
      const t32 = f32x4.sub(d12, d32)
      const t03 = f32x4.sub(d03, d23)
      const t13 = f32x4.add(d13, d23)
      const t23 = f32x4.sub(d23, d13)
      const t33 = f32x4.sub(d13, d33)
      let to = dst + channel
      v128.store(to, f32x4.sub(t00, t02))
      to += place
      v128.store(to, f32x4.add(t01, t02))
      to += place
      v128.store(to, f32x4.sub(t02, t01))
      to += place
      v128.store(to, f32x4.sub(t01, t03))
      to += place
      v128.store(to, f32x4.sub(t10, t12))
      to += place
      v128.store(to, f32x4.add(t11, t12))
      to += place
      v128.store(to, f32x4.sub(t12, t11))
      to += place
      v128.store(to, f32x4.sub(t11, t13))
      to += place
      v128.store(to, f32x4.sub(t20, t22))
      to += place
      v128.store(to, f32x4.add(t21, t22))
      to += place
      v128.store(to, f32x4.sub(t22, t21))
      to += place
      v128.store(to, f32x4.sub(t21, t23))
      to += place
      v128.store(to, f32x4.sub(t30, t32))
      to += place
      v128.store(to, f32x4.add(t31, t32))
      to += place
      v128.store(to, f32x4.sub(t32, t31))
      to += place
      v128.store(to, f32x4.sub(t31, t33))
    }
    src += 2 * step
    dst += bytes
  }
}

/** Aᵀ m A of each transformed product m, with the bias. */
function fromWindows(
  src: usize,
  dst: usize,
  biases: usize,
  windows: i32,
  dstRow: usize,
  outStep: usize,
  bytes: usize,
  place: usize,
  low: v128,
): void {
  for (let window = 0; window < windows; window++) {
    for (let channel: usize = 0; channel < bytes; channel += 16) {
      const bias = v128.load(biases + channel)
      let from = src + channel
      const m00 = v128.load(from)
      from += place
      const m01 = v128.load(from)
      from += place
      const m02 = v128.load(from)
      from += place
      const m03 = v128.load(from)
      from += place
      const m10 = v128.load(from)
      from += place
      const m11 = v128.load(from)
      from += place
      const m12 = v128.load(from)
      from += place
      const m13 = v128.load(from)
      from += place
      const m20 = v128.load(from)
      from += place
      const m21 = v128.load(from)
      from += place
      const m22 = v128.load(from)
      from += place
      const m23 = v128.load(from)
      from += place
      const m30 = v128.load(from)
      from += place
      const m31 = v128.load(from)
      from += place
      const m32 = v128.load(from)
      from += place
      const m33 = v128.load(from)
      const s00 = f32x4.add(f32x4.add(m00, m10), m20)
      const s10 = f32x4.sub(f32x4.sub(m10, m20), m30)
      const s01 = f32x4.add(f32x4.add(m01, m11), m21)
      const s11 = f32x4.sub(f32x4.sub(m11, m21), m31)
      const s02 = f32x4.add(f32x4.add(m02, m12), m22)
      const s12 = f32x4.sub(f32x4.sub(m12, m22), m32)
      const s03 = f32x4.add(f32x4.add(m03, m13), m23)
      const s13 = f32x4.sub(f32x4.sub(m13, m23), m33)
      const to = dst + channel
      const left0 = f32x4.add(f32x4.add(f32x4.add(s00, s01), s02), bias)
      const right0 = f32x4.add(f32x4.sub(f32x4.sub(s01, s02), s03), bias)
      v128.store(to, f32x4.pmax(low, left0))
      v128.store(to + outStep, f32x4.pmax(low, right0))
      const left1 = f32x4.add(f32x4.add(f32x4.add(s10, s11), s12), bias)
      const right1 = f32x4.add(f32x4.sub(f32x4.sub(s11, s12), s13), bias)
      v128.store(to + dstRow, f32x4.pmax(low, left1))
      v128.store(to + dstRow + outStep, f32x4.pmax(low, right1))
    }
    src += bytes
    dst += 2 * outStep
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
