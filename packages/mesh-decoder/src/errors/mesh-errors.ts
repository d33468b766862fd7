import { RetinaFaceError } from './retinaface-error.ts'

/** A triangle mesh is not what the mesh decoder can work on. */
export class InvalidMeshError extends RetinaFaceError {
  static override readonly code = 'INVALID_MESH'
  override readonly name: string = 'InvalidMeshError'

  constructor(message: string) {
    super('INVALID_MESH', message)
  }
}

/** A weight or topology file is damaged, of another kind or version, or lacks what is needed. */
export class WeightFileError extends RetinaFaceError {
  static override readonly code = 'WEIGHT_FILE'
  override readonly name: string = 'WeightFileError'

  constructor(message: string, cause?: unknown) {
    super('WEIGHT_FILE', message, cause)
  }
}
