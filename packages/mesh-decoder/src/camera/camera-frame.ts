import { checkLength, checkRows } from './check-length.ts'
import { rotationMatrix, rotationMatrixBackward } from './rotation-matrix.ts'

/**
 * Canonical points ([points, 3], centimetres) in the camera frame of a P_cam ([7]): R(ω) X + t.
 *
 * @throws InvalidArgumentError if the arrays' lengths do not fit.
 */
export function toCameraFrame(
  points: Float32Array,
  camera: ArrayLike<number>,
  dst: Float32Array = new Float32Array(points.length),
): Float32Array {
  checkRows('points', points, 3)
  checkLength('camera', camera, 7)
  checkLength('dst', dst, points.length)
  const r = rotationMatrix([camera[3]!, camera[4]!, camera[5]!])
  const [r0, r1, r2, r3, r4, r5, r6, r7, r8] = r as unknown as Nine
  const tx = camera[0]!
  const ty = camera[1]!
  const tz = camera[2]!
  for (let i = 0; i < points.length; i += 3) {
    const x = points[i]!
    const y = points[i + 1]!
    const z = points[i + 2]!
    dst[i] = r0 * x + r1 * y + r2 * z + tx
    dst[i + 1] = r3 * x + r4 * y + r5 * z + ty
    dst[i + 2] = r6 * x + r7 * y + r8 * z + tz
  }
  return dst
}

/**
 * Adds to the gradients by canonical points ([points, 3]) and by P_cam ([7]) what follows from the
 * gradient by the camera-frame points ([points, 3]).
 *
 * @throws InvalidArgumentError if the arrays' lengths do not fit.
 */
export function toCameraFrameBackward(
  points: Float32Array,
  camera: ArrayLike<number>,
  gradient: Float32Array,
  gradientPoints: Float32Array,
  gradientCamera: Float32Array,
): void {
  checkLength('gradient', gradient, points.length)
  checkLength('gradientPoints', gradientPoints, points.length)
  checkLength('gradientCamera', gradientCamera, 7)
  const omega = [camera[3]!, camera[4]!, camera[5]!]
  const r = rotationMatrix(omega)
  const byRotation = new Float64Array(9)
  const byTranslation = new Float64Array(3)
  for (let i = 0; i < points.length; i += 3) {
    for (let row = 0; row < 3; row++) {
      const g = gradient[i + row]!
      byTranslation[row]! += g
      for (let column = 0; column < 3; column++) {
        byRotation[row * 3 + column]! += g * points[i + column]!
        gradientPoints[i + column]! += g * r[row * 3 + column]!
      }
    }
  }
  const byOmega = rotationMatrixBackward(omega, byRotation)
  for (let i = 0; i < 3; i++) {
    gradientCamera[i]! += byTranslation[i]!
    gradientCamera[3 + i]! += byOmega[i]!
  }
}

type Nine = [number, number, number, number, number, number, number, number, number]
