import { checkLength } from './check-length.ts'
import { rotationMatrix } from './rotation-matrix.ts'
import { rotationVector } from './rotation-vector.ts'

/** Where a head looks, in degrees, as docs/coordinate-frames.md defines it. */
export interface Pose {
  /** Positive: turned towards the subject's left, that is to the right of the picture. −180..180. */
  readonly yaw: number
  /** Positive: looking up. −90..90. */
  readonly pitch: number
  /** Positive: tilted counter-clockwise as seen in the picture. −180..180. */
  readonly roll: number
}

const DEGREES = 180 / Math.PI

/**
 * The pose of a face from its P_cam ([7]).
 *
 * @throws InvalidArgumentError if `camera` is not of length 7.
 */
export function poseOf(camera: ArrayLike<number>): Pose {
  checkLength('camera', camera, 7)
  const r = rotationMatrix([camera[3]!, camera[4]!, camera[5]!])
  return {
    yaw: Math.atan2(r[2]!, r[8]!) * DEGREES,
    pitch: Math.asin(Math.min(1, Math.max(-1, r[5]!))) * DEGREES,
    roll: Math.atan2(r[3]!, r[4]!) * DEGREES,
  }
}

/** The rotation vector ([3], radians) of a pose: elements 3 to 5 of a P_cam. */
export function rotationVectorOfPose(
  pose: Pose,
  dst: Float32Array = new Float32Array(3),
): Float32Array {
  const [sy, cy] = sineAndCosine(pose.yaw)
  const [sp, cp] = sineAndCosine(pose.pitch)
  const [sr, cr] = sineAndCosine(pose.roll)
  // R_y(yaw) · R_x(−pitch) · R_z(roll), multiplied out.
  return rotationVector(
    [
      ...[cy * cr - sy * sp * sr, -cy * sr - sy * sp * cr, sy * cp],
      ...[cp * sr, cp * cr, sp],
      ...[-sy * cr - cy * sp * sr, sy * sr - cy * sp * cr, cy * cp],
    ],
    dst,
  )
}

function sineAndCosine(degrees: number): readonly [number, number] {
  return [Math.sin(degrees / DEGREES), Math.cos(degrees / DEGREES)]
}
