import type { ScaledLaplacian } from '../../src/graph/scaled-laplacian.ts'

/** A small dense matrix, row by row. */
export type DenseMatrix = number[][]

export function multiply(a: DenseMatrix, b: DenseMatrix): DenseMatrix {
  return a.map((row) =>
    b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)),
  )
}

/** L̃ written out. */
export function denseLaplacian({
  rowStarts,
  neighbours,
  diagonal,
  offDiagonal,
}: ScaledLaplacian): DenseMatrix {
  return Array.from(diagonal, (own, row) => {
    const around = neighbours.subarray(rowStarts[row], rowStarts[row + 1])
    return Array.from(diagonal, (_, column) => {
      return column === row ? own : around.includes(column) ? offDiagonal : 0
    })
  })
}

/** Eigenvalues and eigenvectors (columns) of a symmetric matrix by Jacobi's rotations. */
export function eigen(matrix: DenseMatrix): { values: number[]; vectors: DenseMatrix } {
  const a = matrix.map((row) => [...row])
  const vectors = matrix.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < a.length; p++) {
      for (let q = p + 1; q < a.length; q++) {
        if (Math.abs(a[p]![q]!) < 1e-15) continue
        const angle = 0.5 * Math.atan2(2 * a[p]![q]!, a[q]![q]! - a[p]![p]!)
        const [c, s] = [Math.cos(angle), Math.sin(angle)]
        rotateColumns(a, p, q, c, s)
        rotateRows(a, p, q, c, s)
        rotateColumns(vectors, p, q, c, s)
      }
    }
  }
  return { values: a.map((row, i) => row[i]!), vectors }
}

function rotateColumns(a: DenseMatrix, p: number, q: number, c: number, s: number): void {
  for (const row of a) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!]
}

function rotateRows(a: DenseMatrix, p: number, q: number, c: number, s: number): void {
  const [rowP, rowQ] = [[...a[p]!], [...a[q]!]]
  a[p] = rowP.map((value, i) => c * value - s * rowQ[i]!)
  a[q] = rowP.map((value, i) => s * value + c * rowQ[i]!)
}
