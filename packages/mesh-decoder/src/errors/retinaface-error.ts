import { shortenMessage } from './shorten-message.ts'

const marker = Symbol.for('retinaface.error')

/** What went wrong, in a form that programs can switch on: one code for each class of errors. */
export type RetinaFaceErrorCode =
  | 'INVALID_ARGUMENT'
  | 'INVALID_IMAGE'
  | 'INVALID_MESH'
  | 'IMAGE_READ'
  | 'WEIGHT_FILE'
  | 'MODEL_MISMATCH'
  | 'MODEL_LOAD'
  | 'PROVIDER_UNAVAILABLE'
  | 'DISPOSED'
  | 'WORKER_LOST'
  | 'PROGRAM_MISSING'
  | 'VIDEO_WRITE'
  | 'UNSUPPORTED'
  | 'EVALUATION'
  | 'BATCH'
  | 'STORE'

/**
 * Base of every error that a package of RetinaFace throws on purpose.
 *
 * Use {@link RetinaFaceError.isInstance} rather than `instanceof`: it also holds when two copies of
 * a package are installed.
 *
 * @example
 * if (ImageReadError.isInstance(error)) console.warn(error.source)
 */
export class RetinaFaceError extends Error {
  /** Of the base class none: it stands for all. */
  static readonly code: RetinaFaceErrorCode | undefined = undefined
  override readonly name: string = 'RetinaFaceError'
  readonly code: RetinaFaceErrorCode

  constructor(code: RetinaFaceErrorCode, message: string, cause?: unknown) {
    super(shortenMessage(message), cause === undefined ? undefined : { cause })
    this.code = code
    Object.defineProperty(this, marker, { value: true })
  }

  /** True if `value` is an error of this class, thrown by any copy of its package. */
  static isInstance<Type extends RetinaFaceError>(
    this: { readonly prototype: Type; readonly code: RetinaFaceErrorCode | undefined },
    value: unknown,
  ): value is Type {
    if (typeof value !== 'object' || value === null || !(marker in value)) return false
    // biome-ignore lint/complexity/noThisInStatic: it is the class that is asked, a derived one mostly.
    const { code } = this
    return code === undefined || ('code' in value && value.code === code)
  }
}

/** An argument or option is not what the function accepts. */
export class InvalidArgumentError extends RetinaFaceError {
  static override readonly code = 'INVALID_ARGUMENT'
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
}

/** Something was used after its `dispose()`. */
export class DisposedError extends RetinaFaceError {
  static override readonly code = 'DISPOSED'
  override readonly name: string = 'DisposedError'

  /**
   * @param what as in `'RetinaFace'`
   * @param purpose what a new one is for, as in `'detect faces'`
   */
  constructor(what: string, purpose: string) {
    super('DISPOSED', `This ${what} was disposed; create a new one to ${purpose}.`)
  }
}

/** A short, safe text for any received value. */
function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80))
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (ArrayBuffer.isView(value) && 'length' in value) {
    const { name } = value.constructor
    return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name} of ${value.length}`
  }
  if (typeof value === 'object' && value !== null) {
    return `an object of type ${value.constructor?.name ?? 'null prototype'}`
  }
  return String(value)
}
