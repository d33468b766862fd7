/** Shared with `@retinaface/core`, so that `RetinaFaceError.isInstance` knows these errors too. */
const marker = Symbol.for('retinaface.error')

/** What went wrong, in a form that programs can switch on. */
export type MeshDecoderErrorCode = 'INVALID_ARGUMENT' | 'INVALID_MESH' | 'WEIGHT_FILE'

/** Base of every error that the mesh decoder throws on purpose. */
export class MeshDecoderError extends Error {
  override readonly name: string = 'MeshDecoderError'
  readonly code: MeshDecoderErrorCode

  constructor(code: MeshDecoderErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    Object.defineProperty(this, marker, { value: true })
  }

  /** True if `value` is an error thrown by any copy of the mesh decoder. */
  static isInstance(value: unknown): value is MeshDecoderError {
    return typeof value === 'object' && value !== null && marker in value
  }
}

/** An argument is not what the function accepts. */
export class InvalidArgumentError extends MeshDecoderError {
  override readonly name: string = 'InvalidArgumentError'
  /** Name of the argument, as in `latent`. */
  readonly argument: string

  constructor(argument: string, expected: string, received: string | number) {
    super('INVALID_ARGUMENT', `Expected ${expected} for ${argument} but received ${received}.`)
    this.argument = argument
  }
}

/** A triangle mesh is not what the mesh decoder can work on. */
export class InvalidMeshError extends MeshDecoderError {
  override readonly name: string = 'InvalidMeshError'

  constructor(message: string) {
    super('INVALID_MESH', message)
  }
}

/** A weight or topology file is damaged, of another kind or version, or lacks what is needed. */
export class WeightFileError extends MeshDecoderError {
  override readonly name: string = 'WeightFileError'

  constructor(message: string, cause?: unknown) {
    super('WEIGHT_FILE', message, cause)
  }
}
