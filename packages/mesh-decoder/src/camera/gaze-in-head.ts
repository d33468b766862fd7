import { type Pose, rotationVectorOfPose } from './pose.ts'
import { rotationMatrix } from './rotation-matrix.ts'

/**
 * How eyes are turned in their head, in degrees: yaw positive towards the subject's left, pitch upwards.
 *
 * @param gaze a unit vector in the camera frame
 */
export function gazeInHead(
  [x, y, z]: readonly [x: number, y: number, z: number],
  pose: Pose,
): { readonly yaw: number; readonly pitch: number } {
  const r = rotationMatrix(rotationVectorOfPose(pose))
  // The head's axes are the matrix's columns.
  const [across, up, ahead] = [0, 1, 2].map((axis) => {
    return r[axis]! * x + r[3 + axis]! * y + r[6 + axis]! * z
  }) as [number, number, number]
  const degrees = 180 / Math.PI
  return {
    yaw: Math.atan2(across, ahead) * degrees,
    pitch: Math.asin(Math.min(1, Math.max(-1, up))) * degrees,
  }
}
