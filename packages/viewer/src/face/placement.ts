import { Matrix4 } from 'three'

/** Where a face is, in the frame of the camera that the scene begins with (centimetres). */
export interface Placement {
  /** Canonical frame to the scene's. */
  readonly matrix: Matrix4
  /** The face's own camera frame to the scene's. */
  readonly fromCamera: Matrix4
  /** Canonical axes to those of the face's own camera: R(ω). */
  readonly cameraRotation: Matrix4
  /** Canonical axes to the scene's, free of shear. */
  readonly rotation: Matrix4
}

/** A placement to be filled. */
export function createPlacement(): Placement {
  return {
    matrix: new Matrix4(),
    fromCamera: new Matrix4(),
    cameraRotation: new Matrix4(),
    rotation: new Matrix4(),
  }
}
