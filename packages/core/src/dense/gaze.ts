import { rotationMatrix } from '@retinaface/mesh-decoder'
import type { FaceFrame } from './face-frame.ts'
import { type HeadCameraScale, placeOfHead } from './head-camera.ts'

/** A typical eyeball, in centimetres. */
export interface Eyeball {
  readonly radius: number
  /** Of the right eye, from the middle of its lids in the canonical frame; the left one's is mirrored. */
  readonly centre: readonly [number, number, number]
}

// Beyond this an iris would lie at the eyeball's edge: what is seen there is noise.
const widest = 0.9

/**
 * The mean direction ([3], unit length) in the camera frame in which two eyes look: from each eyeball's
 * centre, which the pose puts behind the lids, through the iris on its surface.
 *
 * @param irises x, y and radius of the right one, then the left one, in the face's frame
 * @param eyes the middles of the lids in the face's frame, as the mesh has them
 * @param pose the seven numbers of the head that are its camera
 */
export function gazeOf(
  irises: Float64Array,
  eyes: readonly Float64Array[],
  pose: ArrayLike<number>,
  scales: HeadCameraScale,
  { cosine, sine }: FaceFrame,
  { radius, centre }: Eyeball,
): [number, number, number] {
  const r = rotationMatrix([pose[0]!, pose[1]!, pose[2]!])
  const { scale } = placeOfHead(pose, scales)
  let across = 0
  let up = 0
  for (const [side, eye] of eyes.entries()) {
    const x = side === 0 ? centre[0] : -centre[0]
    const [, y, z] = centre
    const middleAcross = r[0]! * x + r[1]! * y + r[2]! * z
    const middleUp = r[3]! * x + r[4]! * y + r[5]! * z
    across += ((irises[3 * side]! - eye[0]!) / scale - middleAcross) / radius / 2
    up += ((eye[1]! - irises[3 * side + 1]!) / scale - middleUp) / radius / 2
  }
  const length = Math.hypot(across, up)
  const shorter = length > widest ? widest / length : 1
  const [x, y] = [shorter * across, shorter * up]
  return [cosine * x + sine * y, cosine * y - sine * x, Math.sqrt(1 - x * x - y * y)]
}
