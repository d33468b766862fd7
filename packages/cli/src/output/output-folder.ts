import { lstat, mkdir, realpath } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { describeError } from '@retinaface/node/results'
import { CliError, OutputError } from '../cli-error.ts'
import { identityOf } from '../files/file-identity.ts'
import { createFile, replaceFile, statIfThere } from '../files/regular-file.ts'
import { isInside } from '../inputs/input-root.ts'
import { OutputLedger } from './output-ledger.ts'

/** Where a command's files go. It replaces those that it wrote itself, now or in an earlier run. */
export class OutputFolder {
  /** Real path. */
  readonly path: string
  private readonly ledger: OutputLedger
  private readonly replacesAll: boolean
  /** Names of the files that this run wrote, by their identities. */
  private readonly written = new Map<string, string>()

  private constructor(path: string, ledger: OutputLedger, replacesAll: boolean) {
    this.path = path
    this.ledger = ledger
    this.replacesAll = replacesAll
  }

  /**
   * Opens a folder, which is created where there is none.
   *
   * @param replacesAll files that it did not write too
   * @throws {CliError} if that is not possible
   */
  static async open(path: string, replacesAll: boolean): Promise<OutputFolder> {
    try {
      await mkdir(path, { recursive: true })
      const real = await realpath(path)
      return new OutputFolder(real, await OutputLedger.read(real), replacesAll)
    } catch (error) {
      if (error instanceof CliError) throw error
      const reason = describeError(error).message
      throw new CliError('OUTPUT', `Could not create the folder ${JSON.stringify(path)}: ${reason}`)
    }
  }

  /** True if a file that it wrote is there, and is no empty one. */
  async has(path: string): Promise<boolean> {
    if (!this.ledger.has(path)) return false
    const there = await statIfThere(join(this.path, path)).catch(() => undefined)
    return there?.isFile() === true && there.size > 0
  }

  /**
   * Writes a file below it, complete or not at all.
   *
   * @throws {CliError} if the path, or a link on it, leads out of the folder, or a file is there that it
   * did not write, or wrote in this run already
   * @throws {OutputError} if there is no room for more files
   */
  write(path: string, data: Uint8Array): Promise<void> {
    return this.writeBy(path, (unfinished) => createFile(unfinished, data))
  }

  /**
   * As {@link write}, of a file that something else writes.
   *
   * @param create writes it to a path at which nothing is there
   * @throws what `create` throws, if it is no error of the system
   */
  async writeBy(path: string, create: (unfinished: string) => Promise<void>): Promise<void> {
    const target = resolve(this.path, path)
    if (!isInside(target, this.path)) throw leadsOut(path)
    await createFolders(this.path, path)
    try {
      await this.expectReplaceable(target, path)
      await replaceFile(target, create, () => this.ledger.add(path))
      this.written.set(await lookUp(target), path)
    } catch (error) {
      throw isOfSystem(error) ? notWritten(basename(target), error) : error
    }
  }

  close(): Promise<void> {
    return this.ledger.close()
  }

  private async expectReplaceable(target: string, path: string): Promise<void> {
    if (!(await statIfThere(target))) return
    // Some file systems take two names for one: those that differ in case, or in how Unicode spells é.
    const other = this.written.get(await lookUp(target))
    if (other !== undefined) throw namedAlike(path, other)
    if (this.replacesAll || this.ledger.has(path)) return
    throw new CliError(
      'OUTPUT',
      `${JSON.stringify(path)} is in the output folder already and is not known to come from this command. Remove it, name another folder, or have it replaced with --force.`,
    )
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

async function lookUp(path: string): Promise<string> {
  return identityOf(await lstat(path, { bigint: true }))
}

/** True for the system's errors, whose codes are as `ENOSPC`. */
function isOfSystem(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^E[A-Z\d]+$/.test(String(error.code))
}

function notWritten(name: string, error: unknown): CliError {
  const { code, message: reason } = describeError(error)
  if (noRoom.includes(code)) return new OutputError(JSON.stringify(name), error)
  return new CliError('OUTPUT', `Could not write ${JSON.stringify(name)}: ${reason}`, error)
}

function namedAlike(path: string, other: string): CliError {
  const [name, taken] = [path, other].map((each) => JSON.stringify(each))
  const message = `${name} would replace ${taken}, which this run wrote of another picture.`
  return new CliError('OUTPUT', `${message} Rename one of the two.`)
}

function leadsOut(path: string): CliError {
  return new CliError('OUTPUT', `${JSON.stringify(path)} leads out of the output folder.`)
}
