/** Shared with `@retinaface/core`, so that `RetinaFaceError.isInstance` knows these errors too. */
const marker = Symbol.for('retinaface.error')

/** What went wrong, in a form that programs can switch on. */
export type ViewerErrorCode = 'INVALID_ARGUMENT' | 'UNSUPPORTED' | 'DISPOSED'

/** Base of every error that the viewer throws on purpose. */
export class ViewerError extends Error {
  override readonly name: string = 'ViewerError'
  readonly code: ViewerErrorCode

  constructor(code: ViewerErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    Object.defineProperty(this, marker, { value: true })
  }

  /** True if `value` is an error thrown by any copy of the viewer. */
  static isInstance(value: unknown): value is ViewerError {
    return typeof value === 'object' && value !== null && marker in value
  }
}

/** An argument or option is not what the viewer accepts. */
export class InvalidArgumentError extends ViewerError {
  override readonly name: string = 'InvalidArgumentError'
  /** Name of the argument, as in `faces[2].mesh.positions`. */
  readonly argument: string

  constructor(argument: string, expected: string, received: unknown) {
    super(
      'INVALID_ARGUMENT',
      `Expected ${expected} for ${argument} but received ${show(received)}.`,
    )
    this.argument = argument
  }
}

/** The browser lacks what the viewer needs to draw. */
export class UnsupportedError extends ViewerError {
  override readonly name: string = 'UnsupportedError'

  constructor(message: string, cause?: unknown) {
    super('UNSUPPORTED', message, cause)
  }
}

/** A viewer was used after `dispose()`. */
export class DisposedError extends ViewerError {
  override readonly name: string = 'DisposedError'

  constructor() {
    super('DISPOSED', 'This viewer was disposed; create a new one to show faces.')
  }
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
