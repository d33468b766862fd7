import { checkLength } from './check-length.ts'

/**
 * A pinhole camera over some pixel frame (x right, y down): a camera-frame point (X, Y, Z) is seen
 * at x = principalX + focalLength · X / −Z, y = principalY − focalLength · Y / −Z.
 */
export interface Pinhole {
  /** In pixels of the frame. */
  readonly focalLength: number
  readonly principalX: number
  readonly principalY: number
}

/** An anchor's place in the image frame; a detected face's `anchor` is one. */
export interface Anchor {
  /** Centre, pixels. */
  readonly centre: readonly [x: number, y: number]
  /** Side, pixels. */
  readonly size: number
}

/** The pinhole camera over the image frame that a P_cam ([7]) and its anchor stand for. */
export function pinholeOf(camera: ArrayLike<number>, anchor: Anchor): Pinhole {
  checkLength('camera', camera, 7)
  return {
    focalLength: camera[6]! * anchor.size,
    principalX: anchor.centre[0],
    principalY: anchor.centre[1],
  }
}

/**
 * The same camera over a frame whose origin is at (x, y) and whose pixels are `scale` times as
 * many: that of a picture's crop, resized.
 */
export function cropPinhole(pinhole: Pinhole, x: number, y: number, scale: number): Pinhole {
  return {
    focalLength: pinhole.focalLength * scale,
    principalX: (pinhole.principalX - x) * scale,
    principalY: (pinhole.principalY - y) * scale,
  }
}

/**
 * Camera-frame points ([points, 3], centimetres) as seen through a pinhole ([points, 3]): x and y in
 * its pixels, and the distance −Z along the viewing axis in centimetres. `dst` may be `points`.
 */
export function toScreen(
  points: Float32Array,
  pinhole: Pinhole,
  dst: Float32Array = new Float32Array(points.length),
): Float32Array {
  checkLength('dst', dst, points.length)
  const { focalLength, principalX, principalY } = pinhole
  for (let i = 0; i < points.length; i += 3) {
    const distance = -points[i + 2]!
    const scale = focalLength / distance
    dst[i] = principalX + scale * points[i]!
    dst[i + 1] = principalY - scale * points[i + 1]!
    dst[i + 2] = distance
  }
  return dst
}

/**
 * Adds to the gradient by camera-frame points ([points, 3]) what follows from the gradient by
 * their {@link toScreen} coordinates ([points, 3]), and returns the derivative by the focal length.
 */
export function toScreenBackward(
  points: Float32Array,
  pinhole: Pinhole,
  gradient: Float32Array,
  gradientPoints: Float32Array,
): number {
  checkLength('gradient', gradient, points.length)
  checkLength('gradientPoints', gradientPoints, points.length)
  const { focalLength } = pinhole
  let byFocalLength = 0
  for (let i = 0; i < points.length; i += 3) {
    const inverse = -1 / points[i + 2]!
    const gx = gradient[i]! * inverse
    const gy = -gradient[i + 1]! * inverse
    const along = gx * points[i]! + gy * points[i + 1]!
    byFocalLength += along
    gradientPoints[i]! += focalLength * gx
    gradientPoints[i + 1]! += focalLength * gy
    gradientPoints[i + 2]! += focalLength * along * inverse - gradient[i + 2]!
  }
  return byFocalLength
}
