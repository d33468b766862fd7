import { type GraphLaplacian, graphLaplacian } from './graph-laplacian.ts'
import { largestEigenvalue } from './largest-eigenvalue.ts'

/** L̃ = 2L/λ_max − I, whose eigenvalues lie in [−1, 1] (paper, mesh decoder). */
export interface ScaledLaplacian extends GraphLaplacian {
  /** [vertices] entries on the diagonal. */
  readonly diagonal: Float64Array
  /** The entry at every pair of neighbours, −2/λ_max. */
  readonly offDiagonal: number
}

/** The scaled Laplacian of the edges of a triangle list ([triangles, 3]). */
export function scaledLaplacian(triangles: Int32Array, vertexCount: number): ScaledLaplacian {
  const laplacian = graphLaplacian(triangles, vertexCount)
  const { rowStarts } = laplacian
  const scale = 2 / largestEigenvalue(laplacian)
  const diagonal = Float64Array.from({ length: vertexCount }, (_, row) => {
    return scale * (rowStarts[row + 1]! - rowStarts[row]!) - 1
  })
  return { ...laplacian, diagonal, offDiagonal: -scale }
}

/** L̃ x for `channels` channels ([vertices, channels], vertex-major). */
export function applyScaledLaplacian(
  { rowStarts, neighbours, diagonal, offDiagonal }: ScaledLaplacian,
  x: Float64Array,
  channels: number,
): Float64Array {
  const product = new Float64Array(x.length)
  for (let row = 0; row < diagonal.length; row++) {
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0
      for (let k = rowStarts[row]!; k < rowStarts[row + 1]!; k++) {
        sum += x[neighbours[k]! * channels + channel]!
      }
      const at = row * channels + channel
      product[at] = diagonal[row]! * x[at]! + offDiagonal * sum
    }
  }
  return product
}
