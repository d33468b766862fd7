import { Matrix4, type PerspectiveCamera, Vector3 } from 'three'
import type { ShownFace } from '../face/shown-face.ts'

const toClip = new Matrix4()
const corner = new Vector3()

/** The face that is seen nearest at a place of the view (x right, y up, −1..1), if any. */
export function pickFace(
  faces: readonly ShownFace[],
  camera: PerspectiveCamera,
  x: number,
  y: number,
): ShownFace | undefined {
  let best: ShownFace | undefined
  let nearest = Number.POSITIVE_INFINITY
  for (const face of faces) {
    const depth = depthAt(face, camera, x, y)
    if (depth >= nearest) continue
    nearest = depth
    best = face
  }
  return best
}

/** Depth (clip space) of a face's nearest triangle about a place; +∞ beside it. */
function depthAt(face: ShownFace, camera: PerspectiveCamera, x: number, y: number): number {
  const { positions, triangles, placement } = face
  toClip.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse)
  toClip.multiply(placement.matrix)
  const seen = new Float64Array(positions.length)
  for (let i = 0; i < positions.length; i += 3) {
    corner.fromArray(positions, i).applyMatrix4(toClip).toArray(seen, i)
    // What is behind the camera is beyond 1 here, and what is no number is on no side of an edge.
    if (Math.abs(corner.z) > 1) seen[i] = Number.NaN
  }
  let nearest = Number.POSITIVE_INFINITY
  for (let i = 0; i < triangles.length; i += 3) {
    const a = triangles[i]! * 3
    const b = triangles[i + 1]! * 3
    const c = triangles[i + 2]! * 3
    if (!isAbout(seen, a, b, c, x, y)) continue
    nearest = Math.min(nearest, (seen[a + 2]! + seen[b + 2]! + seen[c + 2]!) / 3)
  }
  return nearest
}

function isAbout(
  seen: Float64Array,
  a: number,
  b: number,
  c: number,
  x: number,
  y: number,
): boolean {
  const ab = side(seen, a, b, x, y)
  const bc = side(seen, b, c, x, y)
  const ca = side(seen, c, a, x, y)
  return (ab >= 0 && bc >= 0 && ca >= 0) || (ab <= 0 && bc <= 0 && ca <= 0)
}

/** On which side of the edge from one corner to the other a place is. */
function side(seen: Float64Array, from: number, to: number, x: number, y: number): number {
  const right = seen[to]! - seen[from]!
  const up = seen[to + 1]! - seen[from + 1]!
  return right * (y - seen[from + 1]!) - up * (x - seen[from]!)
}
