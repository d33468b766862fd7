import { type Pinhole, rotationMatrix } from '@retinaface/mesh-decoder'
import { type Matrix4, Quaternion, Vector3 } from 'three'
import type { Placement } from '../face/placement.ts'
import type { ShownFace } from '../face/shown-face.ts'

/** The face in its own camera's frame: alone. */
export function placeAlone(face: ShownFace, dst: Placement): void {
  writePose(face, dst)
  dst.fromCamera.identity()
}

/**
 * The face where `shared` sees each of its points on the pixel where its own camera does.
 *
 * A face's own pinhole looks at its anchor. Seen through another one, the same pixels are those of
 * its camera frame after a linear map: depth times the ratio of the focal lengths, and a shear
 * towards the anchor. Faces are then as far away as they are small, and hide one another rightly.
 */
export function placeAligned(face: ShownFace, shared: Pinhole, dst: Placement): void {
  writePose(face, dst)
  writeAlignment(face, shared, dst.fromCamera)
  dst.matrix.premultiply(dst.fromCamera)
}

const origin = new Vector3()
const before = new Vector3()
const after = new Vector3()
const turn = new Quaternion()

/**
 * The face in its own shape where `shared` sees its origin on the right pixel and in the right size,
 * at `distance`, turned with the ray, so that it shows the same side.
 */
export function placeStanding(
  face: ShownFace,
  shared: Pinhole,
  distance: number,
  dst: Placement,
): void {
  writePose(face, dst)
  writeAlignment(face, shared, dst.fromCamera)
  origin.setFromMatrixPosition(dst.matrix)
  before.copy(origin).normalize()
  origin.applyMatrix4(dst.fromCamera)
  const scale = distance / -origin.z
  origin.multiplyScalar(scale)
  after.copy(origin).normalize()
  dst.fromCamera.makeRotationFromQuaternion(turn.setFromUnitVectors(before, after))
  dst.rotation.premultiply(dst.fromCamera)
  dst.fromCamera.scale(before.setScalar(scale))
  before.setFromMatrixPosition(dst.matrix).applyMatrix4(dst.fromCamera)
  dst.fromCamera.setPosition(origin.sub(before))
  dst.matrix.premultiply(dst.fromCamera)
}

/** How far away `shared` has to have a face in true size to see it as large as its own camera does. */
export function distanceThrough(shared: Pinhole, face: ShownFace): number {
  return (-face.camera[2]! * shared.focalLength) / face.focalLength
}

const omega = new Float64Array(3)
const r = new Float64Array(9)

/** Canonical to camera frame, R(ω) X + t. */
function writePose({ camera }: ShownFace, { matrix, cameraRotation, rotation }: Placement): void {
  for (let i = 0; i < 3; i++) omega[i] = camera[3 + i]!
  rotationMatrix(omega, r)
  cameraRotation.set(
    ...([r[0]!, r[1]!, r[2]!, 0] as const),
    ...([r[3]!, r[4]!, r[5]!, 0] as const),
    ...([r[6]!, r[7]!, r[8]!, 0] as const),
    ...([0, 0, 0, 1] as const),
  )
  rotation.copy(cameraRotation)
  matrix.copy(cameraRotation).setPosition(camera[0]!, camera[1]!, camera[2]!)
}

function writeAlignment(face: ShownFace, shared: Pinhole, dst: Matrix4): void {
  const { anchor, focalLength } = face
  const right = (anchor.centre[0] - shared.principalX) / focalLength
  const down = (anchor.centre[1] - shared.principalY) / focalLength
  const depth = shared.focalLength / focalLength
  dst.set(1, 0, -right, 0, 0, 1, down, 0, 0, 0, depth, 0, 0, 0, 0, 1)
}
