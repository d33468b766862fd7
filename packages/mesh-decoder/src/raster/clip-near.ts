import { CORNER } from './corner.ts'

/**
 * Cuts a triangle (three corners in the camera frame) at the plane Z = −near and returns how many
 * corners, 0, 3 or 4, are left in `dst`, in their order.
 *
 * A cut is computed from the corner in front to the one behind, whichever way the edge runs, so that
 * triangles that share an edge still do.
 */
export function clipNear(triangle: Float64Array, near: number, dst: Float64Array): number {
  let count = 0
  for (let corner = 0; corner < 3; corner++) {
    const from = corner * CORNER
    const to = ((corner + 1) % 3) * CORNER
    const fromInside = triangle[from + 2]! <= -near
    const toInside = triangle[to + 2]! <= -near
    if (fromInside) {
      for (let i = 0; i < CORNER; i++) dst[count * CORNER + i] = triangle[from + i]!
      count++
    }
    if (fromInside === toInside) continue
    cut(triangle, fromInside ? from : to, fromInside ? to : from, near, dst, count * CORNER)
    count++
  }
  return count
}

function cut(
  triangle: Float64Array,
  inside: number,
  outside: number,
  near: number,
  dst: Float64Array,
  at: number,
): void {
  const share = (triangle[inside + 2]! + near) / (triangle[inside + 2]! - triangle[outside + 2]!)
  for (let i = 0; i < CORNER; i++) {
    const start = triangle[inside + i]!
    dst[at + i] = start + share * (triangle[outside + i]! - start)
  }
}
