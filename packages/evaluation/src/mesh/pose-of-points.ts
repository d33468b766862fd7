import { assertPoints, type Points } from './points.ts'
import type { PoseAngles } from './pose-error.ts'

const degree = Math.PI / 180
/** Squarings of the matrix: more than any gap between eigenvalues that doubles can tell needs. */
const squarings = 50

/**
 * The pose of points in image pixels (x right, y down, z away from the camera) whose places on the
 * canonical face are known, by the rotation that fits best in the least-squares sense (Horn,
 * "Closed-form solution of absolute orientation using unit quaternions", 1987).
 *
 * @param points at least as many as `canonical`
 * @param canonical x to the subject's left, y up, z out of the face
 * @returns degrees, as docs/coordinate-frames.md defines them
 * @throws {EvaluationError} if points are missing or not of three finite numbers.
 */
export function poseOfPoints(points: Points, canonical: Points): PoseAngles {
  assertPoints(points, canonical.length, 3, 'the points')
  const s = covariance(points, canonical)
  const [w, x, y, z] = largestEigenvector([
    [s[0]! + s[4]! + s[8]!, s[7]! - s[5]!, s[2]! - s[6]!, s[3]! - s[1]!],
    [s[7]! - s[5]!, s[0]! - s[4]! - s[8]!, s[1]! + s[3]!, s[2]! + s[6]!],
    [s[2]! - s[6]!, s[1]! + s[3]!, s[4]! - s[0]! - s[8]!, s[5]! + s[7]!],
    [s[3]! - s[1]!, s[2]! + s[6]!, s[5]! + s[7]!, s[8]! - s[0]! - s[4]!],
  ]) as [number, number, number, number]
  return {
    yaw: Math.atan2(2 * (x * z + w * y), w * w - x * x - y * y + z * z) / degree,
    pitch: Math.asin(Math.min(1, Math.max(-1, 2 * (y * z - w * x)))) / degree,
    roll: Math.atan2(2 * (x * y + w * z), w * w - x * x + y * y - z * z) / degree,
  }
}

/** Σ p qᵀ of the centred points p, with y up and z to the viewer, and canonical points q. */
function covariance(points: Points, canonical: Points): number[] {
  const place = centroid(points.slice(0, canonical.length))
  const origin = centroid(canonical)
  const signs = [1, -1, -1]
  const sums = new Array<number>(9).fill(0)
  canonical.forEach((q, i) => {
    for (let at = 0; at < 9; at++) {
      const [row, column] = [Math.floor(at / 3), at % 3]
      const p = signs[row]! * (points[i]![row]! - place[row]!)
      sums[at]! += p * (q[column]! - origin[column]!)
    }
  })
  return sums
}

function centroid(points: Points): number[] {
  return [0, 1, 2].map((k) => points.reduce((sum, point) => sum + point[k]! / points.length, 0))
}

/** Of a symmetric matrix: one that is squared over and over tends to the projection onto it. */
function largestEigenvector(matrix: readonly (readonly number[])[]): readonly number[] {
  const norm = Math.hypot(...matrix.flat())
  // Makes every eigenvalue positive, the largest one the largest in size.
  let power = matrix.map((row, i) => row.map((value, j) => value + (i === j ? norm : 0)))
  for (let step = 0; step < squarings; step++) {
    const square = power.map((row) => power.map((other) => dot(row, other)))
    const size = Math.hypot(...square.flat())
    power = square.map((row) => row.map((value) => value / size))
  }
  const longest = power.reduce((best, row) => (dot(row, row) > dot(best, best) ? row : best))
  const length = Math.sqrt(dot(longest, longest))
  return longest.map((value) => value / length)
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0)
}
