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
    throw new BatchError(`${purpose} needs ${packages}: npm install ${packages}`, error)
  }
}
