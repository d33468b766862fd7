import { closestBarycentrics } from './closest-barycentrics.ts'
import type { Sampling } from './sampling.ts'
import type { TriangleMesh } from './triangle-mesh.ts'
import { dot, subtract, type Vector, vectorAt } from './vector.ts'

/**
 * The sampling matrix from a coarse mesh to a finer one: the barycentric coordinates of the closest
 * point of the coarse mesh to each fine vertex (CoMA's up-sampling; Ranjan et al., 2018).
 */
export function projectVertices(positions: Float32Array, coarse: TriangleMesh): Sampling {
  const count = positions.length / 3
  const index = new Int32Array(count * 3)
  const weight = new Float32Array(count * 3)
  for (let vertex = 0; vertex < count; vertex++) {
    const closest = closestTriangle(vectorAt(positions, vertex), coarse)
    index.set(closest.corners, vertex * 3)
    weight.set(closest.weights, vertex * 3)
  }
  return { index, weight }
}

function closestTriangle(
  point: Vector,
  mesh: TriangleMesh,
): { corners: readonly number[]; weights: Vector } {
  let best = { corners: [0, 0, 0] as readonly number[], weights: [1, 0, 0] as Vector }
  let bestDistance = Number.POSITIVE_INFINITY
  for (let i = 0; i < mesh.triangles.length; i += 3) {
    const corners = [...mesh.triangles.subarray(i, i + 3)]
    const points = corners.map((v) => vectorAt(mesh.positions, v)) as [Vector, Vector, Vector]
    const weights = closestBarycentrics(point, ...points)
    const offset = subtract(point, combine(points, weights))
    const distance = dot(offset, offset)
    if (distance >= bestDistance) continue
    best = { corners, weights }
    bestDistance = distance
  }
  return best
}

function combine([a, b, c]: readonly [Vector, Vector, Vector], [u, v, w]: Vector): Vector {
  return [
    a[0] * u + b[0] * v + c[0] * w,
    a[1] * u + b[1] * v + c[1] * w,
    a[2] * u + b[2] * v + c[2] * w,
  ]
}
