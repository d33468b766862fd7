import { WeightFileError } from '../errors/mesh-errors.ts'
import type { TensorFile } from './tensor-file.ts'

/** A size that is given, or a name for one that may be any. */
export type ExpectedSize = number | string

/**
 * The values of a real-valued tensor of the expected shape.
 *
 * @throws WeightFileError if it is missing, of integers, or of another shape.
 */
export function takeFloats(
  file: TensorFile,
  name: string,
  shape: readonly ExpectedSize[],
): Float32Array {
  const data = take(file, name, shape)
  if (data instanceof Int32Array) {
    throw new WeightFileError(`Expected tensor ${name} of type F32 or F16 but found I32.`)
  }
  return data
}

/**
 * The values of an integer tensor of the expected shape.
 *
 * @throws WeightFileError if it is missing, of real numbers, or of another shape.
 */
export function takeIntegers(
  file: TensorFile,
  name: string,
  shape: readonly ExpectedSize[],
): Int32Array {
  const data = take(file, name, shape)
  if (data instanceof Float32Array) {
    throw new WeightFileError(`Expected tensor ${name} of type I32 but found real numbers.`)
  }
  return data
}

function take(
  { tensors }: TensorFile,
  name: string,
  shape: readonly ExpectedSize[],
): Float32Array | Int32Array {
  const tensor = tensors.get(name)
  if (tensor === undefined) {
    const names = [...tensors.keys()].slice(0, 12).join(', ')
    throw new WeightFileError(`Expected a tensor ${name}; the file has: ${names}.`)
  }
  const fits =
    tensor.shape.length === shape.length &&
    shape.every((size, axis) => typeof size === 'string' || size === tensor.shape[axis])
  if (!fits) {
    throw new WeightFileError(
      `Expected tensor ${name} of shape [${shape.join(', ')}] but found [${tensor.shape.join(', ')}].`,
    )
  }
  return tensor.data
}
