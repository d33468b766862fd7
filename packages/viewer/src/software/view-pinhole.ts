import type { Pinhole } from '@retinaface/mesh-decoder'
import type { PerspectiveCamera } from 'three'

/** The pinhole, over a canvas of some size, that a camera's projection matrix stands for. */
export function viewPinhole(
  { projectionMatrix }: PerspectiveCamera,
  width: number,
  height: number,
): Pinhole {
  const e = projectionMatrix.elements
  return {
    focalLength: ((e[0]! * width) / 2 + (e[5]! * height) / 2) / 2,
    principalX: ((1 - e[8]!) * width) / 2,
    principalY: ((1 + e[9]!) * height) / 2,
  }
}
