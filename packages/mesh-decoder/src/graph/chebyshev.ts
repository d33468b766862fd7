import { applyScaledLaplacian, type ScaledLaplacian } from './scaled-laplacian.ts'

/**
 * T_0(L̃) x, …, T_{K−1}(L̃) x by T_k = 2 L̃ T_{k−1} − T_{k−2}, each [vertices, channels].
 */
export function chebyshevBasis(
  laplacian: ScaledLaplacian,
  x: Float64Array,
  channels: number,
  order: number,
): Float64Array[] {
  const basis = [x]
  for (let k = 1; k < order; k++) {
    const product = applyScaledLaplacian(laplacian, basis[k - 1]!, channels)
    const previous = basis[k - 2]
    basis.push(previous ? product.map((value, i) => 2 * value - previous[i]!) : product)
  }
  return basis
}
