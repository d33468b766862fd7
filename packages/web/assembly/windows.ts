/** Bᵀ d B of each window d. */
export function toWindows(
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
export function fromWindows(
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
