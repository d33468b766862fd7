import { shortenMessage } from './shorten-message.ts'

const marker = Symbol.for('retinaface.error')

/** What went wrong, in a form that programs can switch on. */
export type RetinaFaceErrorCode =
  | 'INVALID_ARGUMENT'
  | 'INVALID_IMAGE'
  | 'IMAGE_READ'
  | 'MODEL_MISMATCH'
  | 'MODEL_LOAD'
  | 'PROVIDER_UNAVAILABLE'
  | 'DISPOSED'
  | 'WORKER_LOST'

/**
 * Base of every error that RetinaFace throws on purpose.
 *
 * Use {@link RetinaFaceError.isInstance} rather than `instanceof`: it also holds when two copies of
 * the package are installed.
 */
export class RetinaFaceError extends Error {
  override readonly name: string = 'RetinaFaceError'
  readonly code: RetinaFaceErrorCode

  constructor(code: RetinaFaceErrorCode, message: string, cause?: unknown) {
    super(shortenMessage(message), cause === undefined ? undefined : { cause })
    this.code = code
    Object.defineProperty(this, marker, { value: true })
  }

  /** True if `value` is an error thrown by any copy of RetinaFace. */
  static isInstance(value: unknown): value is RetinaFaceError {
    return typeof value === 'object' && value !== null && marker in value
  }
}

/** An argument or option is not what the function accepts. */
export class InvalidArgumentError extends RetinaFaceError {
  override readonly name: string = 'InvalidArgumentError'
  /** Name of the argument or option, as in `options.scoreThreshold`. */
  readonly argument: string

  constructor(argument: string, expected: string, received: unknown) {
    super(
      'INVALID_ARGUMENT',
      `Expected ${expected} for ${argument} but received ${show(received)}.`,
    )
    this.argument = argument
  }

  static override isInstance(value: unknown): value is InvalidArgumentError {
    return hasCode(value, 'INVALID_ARGUMENT')
  }
}

/** The pixels of an image do not fit what it says of itself. */
export class InvalidImageError extends RetinaFaceError {
  override readonly name: string = 'InvalidImageError'

  constructor(message: string) {
    super('INVALID_IMAGE', message)
  }

  static override isInstance(value: unknown): value is InvalidImageError {
    return hasCode(value, 'INVALID_IMAGE')
  }
}

/** An image could not be read or decoded; `cause` holds the decoder's own error. */
export class ImageReadError extends RetinaFaceError {
  override readonly name: string = 'ImageReadError'
  /** What was to be read: a path, or the kind of the source. */
  readonly source: string

  constructor(source: string, problem: string, cause?: unknown) {
    super('IMAGE_READ', `Could not read ${source}: ${problem}`, cause)
    this.source = source
  }

  static override isInstance(value: unknown): value is ImageReadError {
    return hasCode(value, 'IMAGE_READ')
  }
}

/** A network's inputs or outputs do not fit its configuration. */
export class ModelMismatchError extends RetinaFaceError {
  override readonly name: string = 'ModelMismatchError'

  constructor(message: string) {
    super('MODEL_MISMATCH', message)
  }

  static override isInstance(value: unknown): value is ModelMismatchError {
    return hasCode(value, 'MODEL_MISMATCH')
  }
}

/** A model file could not be loaded or is not the expected one. */
export class ModelLoadError extends RetinaFaceError {
  override readonly name: string = 'ModelLoadError'

  constructor(message: string, cause?: unknown) {
    super('MODEL_LOAD', message, cause)
  }

  static override isInstance(value: unknown): value is ModelLoadError {
    return hasCode(value, 'MODEL_LOAD')
  }
}

/** An execution provider was asked for that cannot run networks here; `available` says which can. */
export class ProviderUnavailableError extends RetinaFaceError {
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

  static override isInstance(value: unknown): value is ProviderUnavailableError {
    return hasCode(value, 'PROVIDER_UNAVAILABLE')
  }
}

/** A detector was used after `dispose()`. */
export class DisposedError extends RetinaFaceError {
  override readonly name: string = 'DisposedError'

  constructor() {
    super('DISPOSED', 'This RetinaFace was disposed; create a new one to detect faces.')
  }

  static override isInstance(value: unknown): value is DisposedError {
    return hasCode(value, 'DISPOSED')
  }
}

/**
 * A worker could not be started, or ended while it worked, most likely out of memory; the next call
 * starts another.
 */
export class WorkerLostError extends RetinaFaceError {
  override readonly name: string = 'WorkerLostError'

  constructor(problem: string, cause?: unknown) {
    super(
      'WORKER_LOST',
      `The detector's worker is gone: ${problem} Call again to start a new one.`,
      cause,
    )
  }

  static override isInstance(value: unknown): value is WorkerLostError {
    return hasCode(value, 'WORKER_LOST')
  }
}

function hasCode(value: unknown, code: RetinaFaceErrorCode): boolean {
  return RetinaFaceError.isInstance(value) && value.code === code
}

/** A short, safe text for any received value. */
function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80))
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object' && value !== null) {
    return `an object of type ${value.constructor?.name ?? 'null prototype'}`
  }
  return String(value)
}
