import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'

/** @throws {InvalidArgumentError} for an object with anything in it: there is nothing to say about how. */
export function resolveExpressionOptions(option: object): object {
  const [unknown] = Object.keys(option)
  if (unknown === undefined) return option
  throw new InvalidArgumentError('options.expressions', 'true or false', unknown)
}
