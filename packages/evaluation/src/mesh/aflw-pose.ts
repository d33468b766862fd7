import type { PoseAngles } from './pose-error.ts'

const radian = Math.PI / 180

/**
 * Takes a head pose as AFLW2000-3D and 300W-LP annotate it to this project's angles.
 *
 * Their rotation is R_x(−pitch) · R_y(−yaw) · R_z(−roll) in camera axes (x right, y up, z towards
 * the viewer), ours R_y(yaw) · R_x(−pitch) · R_z(roll): yaw and roll change their signs, and the
 * order of the turns matters for faces that are turned far.
 *
 * @param pose pitch, yaw and roll in radians; further numbers are left alone
 * @returns degrees
 */
export function poseFromAflw(pose: readonly number[]): PoseAngles {
  const [x, y, z] = [-pose[0]!, -pose[1]!, -pose[2]!]
  const [sinX, cosX, sinY, cosY] = [Math.sin(x), Math.cos(x), Math.sin(y), Math.cos(y)]
  const [sinZ, cosZ] = [Math.sin(z), Math.cos(z)]
  return {
    yaw: Math.atan2(sinY, cosX * cosY) / radian,
    pitch: Math.asin(-sinX * cosY) / radian,
    roll: Math.atan2(cosX * sinZ + sinX * sinY * cosZ, cosX * cosZ - sinX * sinY * sinZ) / radian,
  }
}
