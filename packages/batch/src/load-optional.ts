import { BatchError, codeOf, messageOf } from './errors.ts'

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
    const isMissing =
      codeOf(error) === 'ERR_MODULE_NOT_FOUND' || codeOf(error) === 'MODULE_NOT_FOUND'
    throw new BatchError(
      isMissing
        ? `${purpose} needs ${packages}: npm install ${packages}. (${messageOf(error)})`
        : `${packages} could not be loaded: ${messageOf(error)}`,
      error,
    )
  }
}
