import { toCameraFrame, toCameraFrameBackward } from './camera-frame.ts'
import { checkLength, checkRows } from './check-length.ts'
import { type Anchor, type Pinhole, toScreen, toScreenBackward } from './pinhole.ts'

/**
 * Canonical points ([points, 3], centimetres) in the anchor frame of a P_cam ([7]), [points, 3]: x,
 * y and depth in anchor sizes, depth zero at the canonical origin and smaller nearer the camera.
 *
 * @throws InvalidArgumentError if the arrays' lengths do not fit.
 */
export function projectToAnchor(
  points: Float32Array,
  camera: ArrayLike<number>,
  dst: Float32Array = new Float32Array(points.length),
): Float32Array {
  toCameraFrame(points, camera, dst)
  toScreen(dst, anchorPinhole(camera), dst)
  const origin = -camera[2]!
  const scale = camera[6]! / origin
  for (let i = 2; i < dst.length; i += 3) dst[i] = (dst[i]! - origin) * scale
  return dst
}

/**
 * Adds to the gradients by canonical points ([points, 3]) and by P_cam ([7]) what follows from the
 * gradient by the anchor-frame points ([points, 3]).
 *
 * @throws InvalidArgumentError if the arrays' lengths do not fit.
 */
export function projectToAnchorBackward(
  points: Float32Array,
  camera: ArrayLike<number>,
  gradient: Float32Array,
  gradientPoints: Float32Array,
  gradientCamera: Float32Array,
): void {
  const inCamera = toCameraFrame(points, camera)
  const byScreen = Float32Array.from(gradient)
  const origin = -camera[2]!
  const scale = camera[6]! / origin
  let byScale = 0
  let byDepth = 0
  for (let i = 2; i < points.length; i += 3) {
    byScale += gradient[i]! * (-inCamera[i]! - origin)
    byDepth += gradient[i]!
    byScreen[i] = gradient[i]! * scale
  }
  const byCamera = new Float32Array(points.length)
  gradientCamera[6]! +=
    toScreenBackward(inCamera, anchorPinhole(camera), byScreen, byCamera) + byScale / origin
  gradientCamera[2]! += byDepth * scale + (byScale * scale) / origin
  toCameraFrameBackward(points, camera, byCamera, gradientPoints, gradientCamera)
}

/**
 * Anchor-frame points ([points, 3]) in the image frame of the anchor: x, y and depth in pixels.
 * `dst` may be `points`.
 *
 * @throws InvalidArgumentError if the arrays' lengths do not fit.
 */
export function anchorToImage(
  points: Float32Array,
  anchor: Anchor,
  dst: Float32Array = new Float32Array(points.length),
): Float32Array {
  return scaleAndShift(points, anchor.size, anchor.centre, dst)
}

/** The inverse of {@link anchorToImage}. */
export function imageToAnchor(
  points: Float32Array,
  anchor: Anchor,
  dst: Float32Array = new Float32Array(points.length),
): Float32Array {
  const scale = 1 / anchor.size
  const [x, y] = anchor.centre
  return scaleAndShift(points, scale, [-x * scale, -y * scale], dst)
}

function scaleAndShift(
  points: Float32Array,
  scale: number,
  [x, y]: readonly [number, number],
  dst: Float32Array,
): Float32Array {
  checkRows('points', points, 3)
  checkLength('dst', dst, points.length)
  for (let i = 0; i < points.length; i += 3) {
    dst[i] = points[i]! * scale + x
    dst[i + 1] = points[i + 1]! * scale + y
    dst[i + 2] = points[i + 2]! * scale
  }
  return dst
}

function anchorPinhole(camera: ArrayLike<number>): Pinhole {
  return { focalLength: camera[6]!, principalX: 0, principalY: 0 }
}
