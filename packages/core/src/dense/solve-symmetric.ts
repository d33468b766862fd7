/**
 * Solves A x = b for a positive definite A by its Cholesky factor.
 *
 * @param matrix [n, n], row by row; its upper half is read, and replaced
 * @param vector b, replaced by x
 */
export function solveSymmetric(matrix: Float64Array, vector: Float64Array): void {
  const n = vector.length
  for (let k = 0; k < n; k++) {
    const row = k * n
    const pivot = Math.sqrt(matrix[row + k]!)
    for (let j = k; j < n; j++) matrix[row + j]! /= pivot
    vector[k]! /= pivot
    for (let i = k + 1; i < n; i++) {
      const factor = matrix[row + i]!
      for (let j = i; j < n; j++) matrix[i * n + j]! -= factor * matrix[row + j]!
      vector[i]! -= factor * vector[k]!
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) vector[i]! -= matrix[i * n + k]! * vector[k]!
    vector[i]! /= matrix[i * n + i]!
  }
}
