import type { Anchor } from '../camera/pinhole.ts'
import { rotationMatrix } from '../camera/rotation-matrix.ts'

/**
 * Writes what takes canonical points under P_cam ([7]) to the image frame of an anchor, as
 * `Kernel.project` reads it ([5, 4]).
 *
 * Depth is relative to the canonical origin, so that no distance is subtracted from another.
 *
 * @param rotation [9] for what lies in between
 */
export function imageMatrix(
  camera: ArrayLike<number>,
  { centre, size }: Anchor,
  dst: Float32Array,
  rotation: Float64Array,
): void {
  const r = rotationMatrix([camera[3]!, camera[4]!, camera[5]!], rotation)
  const focalLength = camera[6]! * size
  const perCentimetre = focalLength / -camera[2]!
  for (let axis = 0; axis < 3; axis++) {
    dst[4 * axis] = focalLength * r[axis]!
    dst[4 * axis + 1] = -focalLength * r[3 + axis]!
    dst[4 * axis + 2] = -perCentimetre * r[6 + axis]!
    dst[4 * axis + 3] = -r[6 + axis]!
  }
  dst[12] = focalLength * camera[0]!
  dst[13] = -focalLength * camera[1]!
  dst[14] = 0
  dst[15] = -camera[2]!
  dst[16] = centre[0]
  dst[17] = centre[1]
}
