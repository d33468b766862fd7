import { InvalidMeshError } from '../errors/mesh-errors.ts'

/**
 * For each vertex the one at its mirror image across the plane x = 0 ([vertices]); vertices in the
 * plane map to themselves.
 *
 * @throws InvalidMeshError if a vertex has no partner within `tolerance` (units of `positions`).
 */
export function mirrorVertices(positions: Float32Array, tolerance = 1e-4): Int32Array {
  const count = positions.length / 3
  const mirror = new Int32Array(count)
  for (let vertex = 0; vertex < count; vertex++) {
    const [x, y, z] = positions.subarray(vertex * 3, vertex * 3 + 3) as unknown as number[]
    let best = 0
    let bestDistance = Number.POSITIVE_INFINITY
    for (let other = 0; other < count; other++) {
      const distance = Math.hypot(
        positions[other * 3]! + x!,
        positions[other * 3 + 1]! - y!,
        positions[other * 3 + 2]! - z!,
      )
      if (distance >= bestDistance) continue
      best = other
      bestDistance = distance
    }
    if (bestDistance > tolerance) {
      throw new InvalidMeshError(
        `Expected a mesh symmetric in x, but the mirror image of vertex ${vertex} is ${bestDistance} from the nearest vertex.`,
      )
    }
    mirror[vertex] = best
  }
  return mirror
}
