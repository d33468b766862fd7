import { describeError } from '@retinaface/node/results'
import { BatchError } from './errors.ts'

/**
 * Loads a package that only some runs need, which users install beside this one.
 *
 * @throws {BatchError} saying how to install it
 */
export async function loadOptional<Module>(
  load: () => Promise<Module>,
  purpose: string,
  packages: string,
): Promise<Module> {
  try {
    return await load()
  } catch (error) {
    const { code, message } = describeError(error)
    const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND'
    throw new BatchError(
      isMissing
        ? `${purpose} needs ${packages}: npm install ${packages}. (${message})`
        : `${packages} could not be loaded: ${message}`,
      error,
    )
  }
}
