import { madd } from './madd'

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
  outStep: usize,
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
        to += outStep
      }
    }
    src += srcRow
    dst += dstRow
  }
}
