/** Sweeps over all pairs; a few are enough. */
const SWEEPS = 12

/**
 * Eigenvalues and unit eigenvectors of a symmetric matrix ([size, size]), the largest first.
 *
 * Jacobi's rotations, as any textbook of numerical linear algebra has them.
 */
export function symmetricEigen(
  matrix: Float64Array,
  size: number,
): { readonly value: number; readonly vector: Float64Array }[] {
  const a = matrix.slice()
  const rows = Array.from({ length: size }, (_, i) => {
    const row = new Float64Array(size)
    row[i] = 1
    return row
  })
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, size, p, q, rows[p]!, rows[q]!)
    }
  }
  const pairs = rows.map((vector, i) => ({ value: a[i * size + i]!, vector }))
  return pairs.sort((one, other) => other.value - one.value)
}

/** Turns the plane of p and q so that the element between them becomes 0. */
function rotate(
  a: Float64Array,
  size: number,
  p: number,
  q: number,
  vectorP: Float64Array,
  vectorQ: Float64Array,
): void {
  const off = a[p * size + q]!
  if (Math.abs(off) < Number.MIN_VALUE) return
  const ratio = (a[q * size + q]! - a[p * size + p]!) / (2 * off)
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(ratio, 1))
  const cosine = 1 / Math.hypot(tangent, 1)
  const sine = tangent * cosine
  for (let k = 0; k < size; k++) {
    const ap = a[k * size + p]!
    const aq = a[k * size + q]!
    a[k * size + p] = cosine * ap - sine * aq
    a[k * size + q] = sine * ap + cosine * aq
  }
  for (let k = 0; k < size; k++) {
    const ap = a[p * size + k]!
    const aq = a[q * size + k]!
    a[p * size + k] = cosine * ap - sine * aq
    a[q * size + k] = sine * ap + cosine * aq
    const vp = vectorP[k]!
    vectorP[k] = cosine * vp - sine * vectorQ[k]!
    vectorQ[k] = sine * vp + cosine * vectorQ[k]!
  }
}
