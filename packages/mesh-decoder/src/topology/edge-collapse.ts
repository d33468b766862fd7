import { areaVector, dot, type Vector, vectorAt } from './vector.ts'

/** Triangles as corner triples; replaced, never changed, by a collapse. */
export type Triangles = readonly (readonly [number, number, number])[]

/** A triangle may turn by up to about 78° when one of its corners moves. */
const LEAST_NORMAL_COSINE = 0.2

/**
 * Move vertex `from` onto its neighbour `onto` and drop the triangles between them.
 *
 * @returns undefined if the result would not be a manifold with the same boundary loop, or if a
 *   triangle would fold over.
 */
export function collapseEdge(
  triangles: Triangles,
  positions: Float32Array,
  from: number,
  onto: number,
): Triangles | undefined {
  const around = triangles.filter((triangle) => triangle.includes(from))
  const between = around.filter((triangle) => triangle.includes(onto))
  const moved = around.filter((triangle) => !triangle.includes(onto))
  if (!keepsManifold(triangles, around, between, from, onto)) return undefined
  if (moved.length === 0) return undefined
  if (moved.some((triangle) => foldsOver(triangle, positions, from, onto))) return undefined
  return triangles
    .filter((triangle) => !between.includes(triangle))
    .map((triangle) =>
      triangle.includes(from)
        ? (triangle.map((vertex) => (vertex === from ? onto : vertex)) as [number, number, number])
        : triangle,
    )
}

/** The link condition, and boundary vertices move along the boundary only. */
function keepsManifold(
  triangles: Triangles,
  around: Triangles,
  between: Triangles,
  from: number,
  onto: number,
): boolean {
  const neighbours = neighboursOf(around, from)
  const neighboursOfOnto = neighboursOf(triangles, onto)
  const shared = [...neighbours].filter((vertex) => neighboursOfOnto.has(vertex)).length
  const isOnBoundary = around.length < neighbours.size
  return shared === between.length && between.length === (isOnBoundary ? 1 : 2)
}

function neighboursOf(triangles: Triangles, vertex: number): Set<number> {
  const around = triangles.filter((triangle) => triangle.includes(vertex)).flat()
  return new Set(around.filter((other) => other !== vertex))
}

function foldsOver(
  triangle: readonly number[],
  positions: Float32Array,
  from: number,
  onto: number,
): boolean {
  const normalOf = (corners: readonly number[]) =>
    areaVector(
      ...(corners.map((vertex) => vectorAt(positions, vertex)) as [Vector, Vector, Vector]),
    )
  const before = normalOf(triangle)
  const after = normalOf(triangle.map((vertex) => (vertex === from ? onto : vertex)))
  const lengths = Math.sqrt(dot(before, before) * dot(after, after))
  return dot(before, after) <= LEAST_NORMAL_COSINE * lengths
}
