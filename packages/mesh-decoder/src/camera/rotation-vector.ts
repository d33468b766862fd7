import { quat } from 'gl-matrix'
import { checkLength } from './check-length.ts'

/**
 * The rotation vector ([3], axis times angle, radians, angle at most π) of a rotation matrix
 * ([3, 3], row-major).
 *
 * @throws InvalidArgumentError if `rotation` is not of length 9.
 */
export function rotationVector(
  rotation: ArrayLike<number>,
  dst: Float32Array = new Float32Array(3),
): Float32Array {
  checkLength('rotation', rotation, 9)
  const r = (row: number, column: number) => rotation[row * 3 + column]!
  const q: quat = [0, 0, 0, 1]
  quat.fromMat3(q, [
    ...[r(0, 0), r(1, 0), r(2, 0)],
    ...[r(0, 1), r(1, 1), r(2, 1)],
    ...[r(0, 2), r(1, 2), r(2, 2)],
  ] as unknown as Parameters<typeof quat.fromMat3>[1])
  const sign = q[3] < 0 ? -1 : 1
  const sine = Math.hypot(q[0], q[1], q[2])
  const cosine = sign * q[3]
  const scale = sine < 1e-12 ? 2 : (2 * Math.atan2(sine, cosine)) / sine
  for (let i = 0; i < 3; i++) dst[i] = sign * scale * q[i]!
  return dst
}
