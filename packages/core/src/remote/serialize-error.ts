import {
  DisposedError,
  InvalidArgumentError,
  InvalidMeshError,
  RetinaFaceError,
  WeightFileError,
} from '@retinaface/mesh-decoder/errors'
import {
  ImageReadError,
  InvalidImageError,
  ModelLoadError,
  ModelMismatchError,
  ProviderUnavailableError,
  WorkerLostError,
} from '../errors/detector-errors.ts'

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

const classes = new Map(
  [
    DisposedError,
    ImageReadError,
    InvalidArgumentError,
    InvalidImageError,
    InvalidMeshError,
    ModelLoadError,
    ModelMismatchError,
    ProviderUnavailableError,
    WeightFileError,
    WorkerLostError,
  ].map((one): [string, { readonly prototype: RetinaFaceError }] => [one.code, one]),
)

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
  Object.setPrototypeOf(error, classes.get(code)?.prototype ?? RetinaFaceError.prototype)
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
