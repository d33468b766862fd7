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
