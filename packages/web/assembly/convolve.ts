import { madd } from './madd'

/**
 * Pixels of which all outputs are computed before the next ones. What they read and the weights fit in
 * the second-level cache, whole maps do not.
 */
const BAND = 96
/** Pixels that are computed together. */
const TOGETHER = 6

/**
 * Convolution with any but depthwise weights: each output is a sum over `taps` stretches of `run`
 * neighbouring values, `tapStep` apart. Weights lie by block of 8 outputs, tap, value of the stretch,
 * output.
 *
 * Six pixels by eight outputs at a time fill the 16 registers. The last six of a row overlap those before
 * them, so nothing beyond its end is written unless the whole row is shorter.
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
    let count = 0
    for (let pixel = 0; pixel < pixels; pixel += count) {
      const left = pixels - pixel
      count = left < BAND + TOGETHER ? left : BAND
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

/** One block of outputs for some pixels. */
export function convolveBand(
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
  for (let left = pixels; left > 0; left -= TOGETHER) {
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
    const ahead = <usize>min(TOGETHER, left - TOGETHER)
    from += ahead * step
    to += ahead * outStep
  }
}

function storePixel(to: usize, a: v128, b: v128, low: v128): void {
  v128.store(to, f32x4.pmax(low, a))
  v128.store(to, f32x4.pmax(low, b), 16)
}
