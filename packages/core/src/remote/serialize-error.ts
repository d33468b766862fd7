import {
  DisposedError,
  ImageReadError,
  InvalidArgumentError,
  InvalidImageError,
  ModelLoadError,
  ModelMismatchError,
  ProviderUnavailableError,
  RetinaFaceError,
  WorkerLostError,
} from '../errors/retinaface-error.ts'

/** An error as plain data; errors that are not ours travel by the platform's own cloning. */
export type SerializedError =
  | {
      readonly isOurs: true
      readonly code: RetinaFaceError['code']
      readonly message: string
      readonly stack: string | undefined
      readonly cause: unknown
      /** What the error's class adds, as `argument` or `source`. */
      readonly fields: Readonly<Record<string, unknown>>
    }
  | { readonly isOurs: false; readonly error: unknown }

const classes: Readonly<Record<string, { readonly prototype: RetinaFaceError }>> = {
  DISPOSED: DisposedError,
  IMAGE_READ: ImageReadError,
  INVALID_ARGUMENT: InvalidArgumentError,
  INVALID_IMAGE: InvalidImageError,
  MODEL_LOAD: ModelLoadError,
  MODEL_MISMATCH: ModelMismatchError,
  PROVIDER_UNAVAILABLE: ProviderUnavailableError,
  WORKER_LOST: WorkerLostError,
}

/** Takes an error apart, so that it can be posted. */
export function serializeError(error: unknown): SerializedError {
  if (!RetinaFaceError.isInstance(error)) return { isOurs: false, error: cloneable(error) }
  const { code, message, cause, stack, ...fields } = error
  return { isOurs: true, code, message, stack, cause: cloneable(cause), fields: { ...fields } }
}

/** Makes an error of the class that was taken apart. */
export function reviveError(serialized: SerializedError): unknown {
  if (!serialized.isOurs) return serialized.error
  const { code, message, stack, cause, fields } = serialized
  const error = new RetinaFaceError(code, message, cause)
  Object.setPrototypeOf(error, classes[code]?.prototype ?? RetinaFaceError.prototype)
  return Object.assign(error, fields, { stack })
}

declare function structuredClone<Value>(value: Value): Value

function cloneable(value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch {
    return new Error(String(value))
  }
}
