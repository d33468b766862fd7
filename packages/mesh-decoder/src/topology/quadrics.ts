import { collectEdges } from './edges.ts'
import { type TriangleMesh, vertexCountOf } from './triangle-mesh.ts'
import { areaVector, cross, dot, subtract, type Vector, vectorAt } from './vector.ts'

/** Coefficients of a symmetric 4×4 matrix: its upper triangle, row by row. */
const COEFFICIENTS = 10

/**
 * The error quadric of each vertex ([vertices, 10]): squared distances to the planes of its
 * triangles, and to planes that stand upright on its boundary edges.
 *
 * Garland and Heckbert, "Surface simplification using quadric error metrics", 1997. Planes count
 * the same whatever their triangle's area, so that eyes and lips, densely meshed, keep vertices.
 */
export function vertexQuadrics(mesh: TriangleMesh): Float64Array {
  const { positions, triangles } = mesh
  const count = vertexCountOf(mesh)
  const quadrics = new Float64Array(count * COEFFICIENTS)
  const boundary = boundaryEdges(triangles, count)
  for (let i = 0; i < triangles.length; i += 3) {
    const corners = [...triangles.subarray(i, i + 3)] as [number, number, number]
    const points = corners.map((vertex) => vectorAt(positions, vertex)) as [Vector, Vector, Vector]
    const normal = areaVector(...points)
    for (const vertex of corners) addPlane(quadrics, vertex, normal, points[0])
    for (let k = 0; k < 3; k++) {
      const ends = [corners[k]!, corners[(k + 1) % 3]!] as const
      if (!boundary.has(Math.min(...ends) * count + Math.max(...ends))) continue
      const upright = cross(subtract(points[(k + 1) % 3]!, points[k]!), normal)
      for (const vertex of ends) addPlane(quadrics, vertex, upright, points[k]!)
    }
  }
  return quadrics
}

/** Error of moving vertex `from` onto vertex `onto`: their joint quadric at the latter's position. */
export function collapseError(
  quadrics: Float64Array,
  positions: Float32Array,
  from: number,
  onto: number,
): number {
  const point = [...vectorAt(positions, onto), 1]
  const f = from * COEFFICIENTS
  const o = onto * COEFFICIENTS
  let error = 0
  let k = 0
  for (let row = 0; row < 4; row++) {
    for (let column = row; column < 4; column++, k++) {
      const twice = row === column ? 1 : 2
      error += twice * (quadrics[f + k]! + quadrics[o + k]!) * point[row]! * point[column]!
    }
  }
  return error
}

/** Let vertex `onto` answer for the surface that `from` stood for. */
export function mergeQuadrics(quadrics: Float64Array, from: number, onto: number): void {
  for (let k = 0; k < COEFFICIENTS; k++) {
    quadrics[onto * COEFFICIENTS + k]! += quadrics[from * COEFFICIENTS + k]!
  }
}

function addPlane(
  quadrics: Float64Array,
  vertex: number,
  direction: Vector,
  through: Vector,
): void {
  const lengthSquared = dot(direction, direction)
  if (lengthSquared === 0) return
  const plane = [...direction, -dot(direction, through)]
  let k = vertex * COEFFICIENTS
  for (let row = 0; row < 4; row++) {
    for (let column = row; column < 4; column++, k++) {
      quadrics[k]! += (plane[row]! * plane[column]!) / lengthSquared
    }
  }
}

function boundaryEdges(triangles: Int32Array, vertexCount: number): ReadonlySet<number> {
  const { pairs, triangleCounts } = collectEdges(triangles, vertexCount)
  const boundary = new Set<number>()
  triangleCounts.forEach((triangles, edge) => {
    if (triangles === 1) boundary.add(pairs[edge * 2]! * vertexCount + pairs[edge * 2 + 1]!)
  })
  return boundary
}
