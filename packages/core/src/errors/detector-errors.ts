import { RetinaFaceError } from '@retinaface/mesh-decoder/errors'

/** The pixels of an image do not fit what it says of itself. */
export class InvalidImageError extends RetinaFaceError {
  static override readonly code = 'INVALID_IMAGE'
  override readonly name: string = 'InvalidImageError'

  constructor(message: string) {
    super('INVALID_IMAGE', message)
  }
}

/** An image could not be read or decoded; `cause` holds the decoder's own error. */
export class ImageReadError extends RetinaFaceError {
  static override readonly code = 'IMAGE_READ'
  override readonly name: string = 'ImageReadError'
  /** What was to be read: a path, or the kind of the source. */
  readonly source: string

  constructor(source: string, problem: string, cause?: unknown) {
    super('IMAGE_READ', `Could not read ${source}: ${problem}`, cause)
    this.source = source
  }
}

/** A network's inputs or outputs do not fit its configuration. */
export class ModelMismatchError extends RetinaFaceError {
  static override readonly code = 'MODEL_MISMATCH'
  override readonly name: string = 'ModelMismatchError'

  constructor(message: string) {
    super('MODEL_MISMATCH', message)
  }
}

/** A model file could not be loaded or is not the expected one. */
export class ModelLoadError extends RetinaFaceError {
  static override readonly code = 'MODEL_LOAD'
  override readonly name: string = 'ModelLoadError'

  constructor(message: string, cause?: unknown) {
    super('MODEL_LOAD', message, cause)
  }
}

/** An execution provider was asked for that cannot run networks here; `available` says which can. */
export class ProviderUnavailableError extends RetinaFaceError {
  static override readonly code = 'PROVIDER_UNAVAILABLE'
  override readonly name: string = 'ProviderUnavailableError'
  readonly provider: string
  /** What may be asked for instead; some of them need libraries or hardware of their own. */
  readonly available: readonly string[]

  constructor(provider: string, problem: string, available: readonly string[], cause?: unknown) {
    super(
      'PROVIDER_UNAVAILABLE',
      `The execution provider "${provider}" cannot be used: ${problem} Available here: ${available.join(', ')}. Ask for one of these, or give a list of which the first that works is taken.`,
      cause,
    )
    this.provider = provider
    this.available = available
  }
}

/**
 * A worker could not be started, or ended while it worked, most likely out of memory; the next call
 * starts another.
 */
export class WorkerLostError extends RetinaFaceError {
  static override readonly code = 'WORKER_LOST'
  override readonly name: string = 'WorkerLostError'

  constructor(problem: string, cause?: unknown) {
    super(
      'WORKER_LOST',
      `The detector's worker is gone: ${problem} Call again to start a new one.`,
      cause,
    )
  }
}
