import type { Face, FaceMesh } from '@retinaface/core'

/** A face with its mesh, where it is seen and in which light. */
export interface PosedFace extends Face {
  readonly mesh: FaceMesh
  readonly camera: Float32Array
  readonly light: Float32Array
}

/** False for faces that were found without a mesh, in the mirrored picture alone. */
export function hasMesh(face: Face): face is PosedFace {
  return face.mesh !== undefined && face.camera !== undefined && face.light !== undefined
}
