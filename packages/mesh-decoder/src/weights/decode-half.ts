/** IEEE 754 half-precision bit patterns as single-precision numbers (exact). */
export function decodeHalf(halves: Uint16Array): Float32Array {
  const singles = new Float32Array(halves.length)
  for (let i = 0; i < halves.length; i++) singles[i] = decodeOne(halves[i]!)
  return singles
}

function decodeOne(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >> 10) & 31
  const fraction = half & 0x3ff
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}
