import { randomBytes } from 'node:crypto'
import { mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { CliError, describeError } from '../cli-error.ts'
import { isInside } from '../inputs/input-root.ts'

/**
 * Creates the folder of outputs.
 *
 * @returns its real path
 * @throws {CliError} if that is not possible
 */
export async function createOutputFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true })
    return await realpath(path)
  } catch (error) {
    const reason = describeError(error).message
    throw new CliError('OUTPUT', `Could not create the folder ${JSON.stringify(path)}: ${reason}`)
  }
}

/**
 * Writes a file below the output folder; it appears complete or not at all.
 *
 * @param folder real path of the output folder
 * @throws {CliError} if the path, or a link on it, leads out of the folder
 */
export async function writeOutput(folder: string, path: string, data: Uint8Array): Promise<void> {
  const target = resolve(folder, path)
  if (!isInside(target, folder)) throw leadsOut(path)
  await mkdir(dirname(target), { recursive: true })
  if (!isInside(await realpath(dirname(target)), folder)) throw leadsOut(path)
  const unfinished = join(dirname(target), `.unfinished-${randomBytes(8).toString('hex')}`)
  try {
    await writeFile(unfinished, data, { flag: 'wx' })
    await rename(unfinished, target)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw new CliError(
      'OUTPUT',
      `Could not write ${JSON.stringify(basename(target))}: ${describeError(error).message}`,
      error,
    )
  }
}

function leadsOut(path: string): CliError {
  return new CliError('OUTPUT', `${JSON.stringify(path)} leads out of the output folder.`)
}
