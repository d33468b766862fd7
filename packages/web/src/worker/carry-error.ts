import {
  DisposedError,
  ImageReadError,
  InvalidArgumentError,
  InvalidImageError,
  ModelLoadError,
  ModelMismatchError,
  RetinaFaceError,
} from '@retinaface/core'

/** An error as plain data; errors that are not ours travel by the platform's own cloning. */
export type CarriedError =
  | {
      readonly ours: true
      readonly code: RetinaFaceError['code']
      readonly message: string
      readonly cause: unknown
      /** What the error's class adds, as `argument` or `source`. */
      readonly fields: Readonly<Record<string, unknown>>
    }
  | { readonly ours: false; readonly error: unknown }

const classes: Readonly<Record<string, { readonly prototype: RetinaFaceError }>> = {
  DISPOSED: DisposedError,
  IMAGE_READ: ImageReadError,
  INVALID_ARGUMENT: InvalidArgumentError,
  INVALID_IMAGE: InvalidImageError,
  MODEL_LOAD: ModelLoadError,
  MODEL_MISMATCH: ModelMismatchError,
}

/** Takes an error apart, so that it can be posted. */
export function packError(error: unknown): CarriedError {
  if (!RetinaFaceError.isInstance(error)) return { ours: false, error: cloneable(error) }
  const { code, message, cause, stack: _, ...fields } = error
  return { ours: true, code, message, cause: cloneable(cause), fields: { ...fields } }
}

/** Makes an error of the class that was packed. */
export function unpackError(carried: CarriedError): unknown {
  if (!carried.ours) return carried.error
  const { code, message, cause, fields } = carried
  const error = new RetinaFaceError(code, message, cause)
  Object.setPrototypeOf(error, classes[code]?.prototype ?? RetinaFaceError.prototype)
  return Object.assign(error, fields)
}

function cloneable(value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch {
    return new Error(String(value))
  }
}
