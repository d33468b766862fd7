/**
 * The sum of two maps.
 *
 * @param halved whether the second has half the size of the first, so that each of its pixels counts for
 *   four: 1 or 0
 */
export function add(
  large: usize,
  small: usize,
  dst: usize,
  rows: i32,
  pixels: i32,
  largeRow: usize,
  smallRow: usize,
  channels: i32,
  halved: i32,
  floor: f32,
): void {
  const low = f32x4.splat(floor)
  const bytes = (<usize>channels) << 2
  for (let row = 0; row < rows; row++) {
    let from = large
    let to = dst
    for (let pixel = 0; pixel < pixels; pixel++) {
      const other = small + <usize>(pixel >> halved) * bytes
      for (let channel: usize = 0; channel < bytes; channel += 16) {
        const sum = f32x4.add(v128.load(from + channel), v128.load(other + channel))
        v128.store(to + channel, f32x4.pmax(low, sum))
      }
      from += bytes
      to += bytes
    }
    large += largeRow
    dst += largeRow
    if ((row & halved) === halved) small += smallRow
  }
}

/** The largest of each 2×2 values, of which a row of 2·`pixels` begins at `src`. */
export function maxPool(
  src: usize,
  dst: usize,
  rows: i32,
  pixels: i32,
  srcRow: usize,
  dstRow: usize,
  channels: i32,
): void {
  const bytes = (<usize>channels) << 2
  for (let row = 0; row < rows; row++) {
    let from = src
    let to = dst
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let channel: usize = 0; channel < bytes; channel += 16) {
        const left = from + channel
        const right = left + bytes
        const above = f32x4.pmax(v128.load(left), v128.load(right))
        const below = f32x4.pmax(v128.load(left + srcRow), v128.load(right + srcRow))
        v128.store(to + channel, f32x4.pmax(above, below))
      }
      from += 2 * bytes
      to += bytes
    }
    src += 2 * srcRow
    dst += dstRow
  }
}

/** RGBA pixels minus `mean` as pixels of four floats, the last of which is 0; four at a time. */
export function readPixels(
  src: usize,
  dst: usize,
  rows: i32,
  pixels: i32,
  dstRow: usize,
  mean: f32,
): void {
  const colours = i32x4.splat(0xffffff)
  const means = f32x4(mean, mean, mean, 0)
  for (let row = 0; row < rows; row++) {
    let to = dst
    for (let pixel = 0; pixel < pixels; pixel += 4) {
      const samples = v128.and(v128.load(src), colours)
      const two = i16x8.extend_low_i8x16_u(samples)
      const others = i16x8.extend_high_i8x16_u(samples)
      v128.store(to, f32x4.sub(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(two)), means))
      v128.store(to, f32x4.sub(f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(two)), means), 16)
      v128.store(to, f32x4.sub(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(others)), means), 32)
      v128.store(to, f32x4.sub(f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(others)), means), 48)
      src += 16
      to += 64
    }
    dst += dstRow
  }
}

/** Zeros at `count` places, `step` apart. */
export function clear(at: usize, count: i32, step: usize, bytes: usize): void {
  for (let i = 0; i < count; i++) {
    memory.fill(at, 0, bytes)
    at += step
  }
}
