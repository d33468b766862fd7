import { randomBytes } from 'node:crypto'
import { mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { CliError, describeError, OutputError } from '../cli-error.ts'
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
 * @throws {OutputError} if there is no room for more files
 */
export async function writeOutput(folder: string, path: string, data: Uint8Array): Promise<void> {
  const target = resolve(folder, path)
  if (!isInside(target, folder)) throw leadsOut(path)
  await createFolders(folder, path)
  const unfinished = join(dirname(target), `.unfinished-${randomBytes(8).toString('hex')}`)
  try {
    await writeFile(unfinished, data, { flag: 'wx' })
    await rename(unfinished, target)
  } catch (error) {
    // Why it could not be written says more than why it could not be removed.
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw notWritten(basename(target), error)
  }
}

/** Creates the folders that a file goes to, one by one, so that none is created behind a link. */
async function createFolders(folder: string, path: string): Promise<void> {
  const names = relative(folder, dirname(resolve(folder, path))).split(sep)
  let reached = folder
  for (const name of names.filter(Boolean)) {
    reached = join(reached, name)
    const real = await createFolder(reached).catch((error) => {
      throw notWritten(path, error)
    })
    if (!isInside(real, folder)) throw leadsOut(path)
  }
}

async function createFolder(path: string): Promise<string> {
  await mkdir(path).catch((error) => {
    if (error.code !== 'EEXIST') throw error
  })
  return realpath(path)
}

// The next picture would fail too, and an index that lists it would keep it from being done later.
const noRoom: readonly string[] = ['ENOSPC', 'EDQUOT', 'EROFS']

function notWritten(name: string, error: unknown): CliError {
  const { code, message: reason } = describeError(error)
  if (noRoom.includes(code)) return new OutputError(JSON.stringify(name), error)
  return new CliError('OUTPUT', `Could not write ${JSON.stringify(name)}: ${reason}`, error)
}

function leadsOut(path: string): CliError {
  return new CliError('OUTPUT', `${JSON.stringify(path)} leads out of the output folder.`)
}
