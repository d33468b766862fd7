import { Matrix4, type Vector3 } from 'three'
import type { ShownFace } from '../face/shown-face.ts'
import { STUDIO_LIGHT } from './appearance.ts'

/** The light on one face, as shading wants it. */
export interface FaceLight {
  /** Place of the point light in the canonical frame, centimetres. */
  readonly position: Vector3
  readonly color: Vector3
  readonly ambient: Vector3
}

const rotation = new Matrix4()

/**
 * The light of a face: its own P_ill, which turns with it, or a studio's beside the viewer.
 *
 * P_ill is relative to the head's origin in camera axes, so in the canonical frame the light is at
 * R(ω)ᵀ L whatever the camera's place.
 *
 * @param view scene to viewer, for the studio
 */
export function lightFace(
  face: ShownFace,
  kind: 'predicted' | 'studio',
  view: Matrix4,
  dst: FaceLight,
): void {
  const isPredicted = kind === 'predicted' && face.hasLight
  const light = isPredicted ? face.light : STUDIO_LIGHT
  rotation.copy(isPredicted ? face.placement.cameraRotation : face.placement.rotation)
  if (!isPredicted) rotation.premultiply(view)
  rotation.setPosition(0, 0, 0).transpose()
  dst.position.set(light[0]!, light[1]!, light[2]!).applyMatrix4(rotation)
  dst.color.set(light[3]!, light[4]!, light[5]!)
  dst.ambient.set(light[6]!, light[7]!, light[8]!)
}
