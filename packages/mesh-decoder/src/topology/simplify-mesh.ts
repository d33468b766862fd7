import { InvalidMeshError } from '../errors/mesh-errors.ts'
import { collapseEdge, type Triangles } from './edge-collapse.ts'
import { collapseError, mergeQuadrics, vertexQuadrics } from './quadrics.ts'
import { type TriangleMesh, vertexCountOf } from './triangle-mesh.ts'

/** A coarser mesh on a subset of the vertices. */
export interface SimplifiedMesh extends TriangleMesh {
  /** [vertices] index in the finer mesh, ascending. */
  readonly kept: Int32Array
}

interface Collapse {
  readonly from: number
  readonly onto: number
  readonly error: number
}

/**
 * Simplify a mesh to `vertexCount` vertices by collapsing edges onto one of their ends, cheapest
 * quadric error first, as the mesh sampling of CoMA does (Ranjan et al., 2018, section 3.2).
 *
 * Each collapse is made together with its mirror image, so that a symmetric mesh stays symmetric;
 * `mirror` ([vertices]) is the identity for a mesh without symmetry.
 *
 * @throws InvalidMeshError if no valid collapse is left before `vertexCount` is reached.
 */
export function simplifyMesh(
  mesh: TriangleMesh,
  mirror: Int32Array,
  vertexCount: number,
): SimplifiedMesh {
  const quadrics = vertexQuadrics(mesh)
  let triangles: Triangles = toTriangles(mesh.triangles)
  let remaining = vertexCountOf(mesh)
  while (remaining > vertexCount) {
    const step = cheapestStep(triangles, mesh.positions, quadrics, mirror, remaining - vertexCount)
    if (step === undefined) {
      throw new InvalidMeshError(
        `Expected to simplify the mesh to ${vertexCount} vertices, but at ${remaining} no edge can collapse; ask for more vertices.`,
      )
    }
    triangles = step.triangles
    for (const { from, onto } of step.collapses) mergeQuadrics(quadrics, from, onto)
    remaining -= step.collapses.length
  }
  return compact(triangles, mesh.positions)
}

function cheapestStep(
  triangles: Triangles,
  positions: Float32Array,
  quadrics: Float64Array,
  mirror: Int32Array,
  most: number,
): { triangles: Triangles; collapses: readonly Collapse[] } | undefined {
  const candidates = directedEdges(triangles)
    .map(([from, onto]) => ({ from, onto, error: collapseError(quadrics, positions, from, onto) }))
    .sort((a, b) => a.error - b.error || a.from - b.from || a.onto - b.onto)
  for (const collapse of candidates) {
    const collapses = withMirrorImage(collapse, mirror)
    if (collapses === undefined || collapses.length > most) continue
    let result: Triangles | undefined = triangles
    for (const { from, onto } of collapses) {
      result = result && collapseEdge(result, positions, from, onto)
    }
    if (result !== undefined) return { triangles: result, collapses }
  }
  return undefined
}

function withMirrorImage(collapse: Collapse, mirror: Int32Array): Collapse[] | undefined {
  const from = mirror[collapse.from]!
  const onto = mirror[collapse.onto]!
  if (from === collapse.from && onto === collapse.onto) return [collapse]
  // A vertex in the plane of symmetry, or one that crosses it, has no mirrored move of its own.
  if (from === collapse.from || from === collapse.onto) return undefined
  return [collapse, { from, onto, error: collapse.error }]
}

function directedEdges(triangles: Triangles): (readonly [number, number])[] {
  const edges = new Map<string, readonly [number, number]>()
  for (const [a, b, c] of triangles) {
    for (const [p, q] of [
      [a, b],
      [b, c],
      [c, a],
    ] as const) {
      edges.set(`${p},${q}`, [p, q])
      edges.set(`${q},${p}`, [q, p])
    }
  }
  return [...edges.values()]
}

function toTriangles(triangles: Int32Array): Triangles {
  return Array.from(
    { length: triangles.length / 3 },
    (_, i) => [...triangles.subarray(i * 3, i * 3 + 3)] as [number, number, number],
  )
}

function compact(triangles: Triangles, positions: Float32Array): SimplifiedMesh {
  const kept = Int32Array.from(new Set(triangles.flat())).sort()
  const indexOf = new Map([...kept].map((vertex, index) => [vertex, index]))
  return {
    kept,
    positions: Float32Array.from(
      [...kept].flatMap((vertex) => [...positions.subarray(vertex * 3, vertex * 3 + 3)]),
    ),
    triangles: Int32Array.from(triangles.flat(), (vertex) => indexOf.get(vertex)!),
  }
}
