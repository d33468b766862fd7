import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'

/**
 * Checks that options are an object and that it has no others than these, so that a misspelt one is not
 * passed over.
 *
 * @throws {InvalidArgumentError}
 */
export function expectOptions(options: object, known: readonly string[], name = 'options'): void {
  if (typeof options !== 'object' || options === null) {
    throw new InvalidArgumentError(name, 'an object', options)
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new InvalidArgumentError(name, `no others than ${known.join(', ')}`, unknown)
}
