import {
  type AffineTransform,
  type FaceMesh,
  type Point,
  similarityTransform,
  transformPoint,
} from '@retinaface/core'

// MediaPipe's vertices: contours of the subject's right and left eye, nose tip, corners of the mouth.
const rightEye = [33, 133, 159, 145]
const leftEye = [263, 362, 386, 374]
const noseTip = 1
const mouth = [61, 291]
/** Those of the face itself; the rest of the mesh is the back of the head, which pictures do not show. */
const faceVertices = 468

/**
 * The affine map that takes a face as its head is turned to a template as if it looked at the camera: it
 * undoes what the pose does to the plane of the face.
 *
 * It is the least-squares map from the mesh's points in the picture to its points in the head's own frame,
 * which a similarity puts on the template.
 *
 * @param points of the template: right eye, left eye, nose tip, right and left mouth corner
 */
export function meshTransform(mesh: FaceMesh, points: readonly Point[]): AffineTransform {
  const seen = pointsOf(mesh.positions, 1)
  // Canonical y points up.
  const frontal = pointsOf(mesh.canonical, -1)
  const toTemplate = similarityTransform(fivePointsOf(frontal), points)
  return affineTransform(
    seen,
    frontal.map((point) => transformPoint(toTemplate, point)),
  )
}

function pointsOf(vertices: Float32Array, up: 1 | -1): Point[] {
  return Array.from({ length: faceVertices }, (_, i) => {
    return [vertices[3 * i]!, up * vertices[3 * i + 1]!] as const
  })
}

function fivePointsOf(points: readonly Point[]): Point[] {
  const at = (vertex: number) => points[vertex]!
  return [meanOf(rightEye.map(at)), meanOf(leftEye.map(at)), at(noseTip), ...mouth.map(at)]
}

function meanOf(points: readonly Point[]): Point {
  const sum = points.reduce<Point>(([x, y], point) => [x + point[0], y + point[1]], [0, 0])
  return [sum[0] / points.length, sum[1] / points.length]
}

/** The affine map from one list of points to another with the least sum of squared distances. */
function affineTransform(from: readonly Point[], to: readonly Point[]): AffineTransform {
  const [fromX, fromY] = meanOf(from)
  const [toX, toY] = meanOf(to)
  let [xx, xy, yy, xu, yu, xv, yv] = [0, 0, 0, 0, 0, 0, 0]
  for (const [i, point] of from.entries()) {
    const [x, y] = [point[0] - fromX, point[1] - fromY]
    const [u, v] = [to[i]![0] - toX, to[i]![1] - toY]
    xx += x * x
    xy += x * y
    yy += y * y
    xu += x * u
    yu += y * u
    xv += x * v
    yv += y * v
  }
  const determinant = xx * yy - xy * xy
  const a = (xu * yy - yu * xy) / determinant
  const b = (yu * xx - xu * xy) / determinant
  const d = (xv * yy - yv * xy) / determinant
  const e = (yv * xx - xv * xy) / determinant
  return [a, b, toX - a * fromX - b * fromY, d, e, toY - d * fromX - e * fromY]
}
