import { areaVector, dot, subtract, type Vector } from './vector.ts'

/** Below this share of the area a weight counts as zero, so that corners and edges come out exact. */
const INSIDE = 1e-9

/** Barycentric coordinates of the point of triangle (a, b, c) closest to `point`; they sum to 1. */
export function closestBarycentrics(point: Vector, a: Vector, b: Vector, c: Vector): Vector {
  const normal = areaVector(a, b, c)
  const area = dot(normal, normal)
  const u = dot(areaVector(point, b, c), normal) / area
  const v = dot(areaVector(a, point, c), normal) / area
  const w = 1 - u - v
  if (u > INSIDE && v > INSIDE && w > INSIDE) return [u, v, w]
  const [bc, ca, ab] = [onSegment(point, b, c), onSegment(point, c, a), onSegment(point, a, b)]
  if (ab.distance <= bc.distance && ab.distance <= ca.distance) return [1 - ab.share, ab.share, 0]
  if (bc.distance <= ca.distance) return [0, 1 - bc.share, bc.share]
  return [ca.share, 0, 1 - ca.share]
}

/** Share of `end` in the point of a segment closest to `point`, and its squared distance. */
function onSegment(point: Vector, start: Vector, end: Vector): { share: number; distance: number } {
  const along = subtract(end, start)
  const toPoint = subtract(point, start)
  const share = Math.min(1, Math.max(0, dot(toPoint, along) / dot(along, along)))
  const offset = subtract(toPoint, [along[0] * share, along[1] * share, along[2] * share])
  return { share, distance: dot(offset, offset) }
}
