import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { describeError } from '@retinaface/node/results'
import { StoreError } from '../errors.ts'
import type { Store, StoredFile } from './store.ts'

// File systems that have no hard links, or forbid them.
const withoutLinks: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']

/** A store in a folder of this machine, or of one that it mounts. */
export class FolderStore implements Store {
  readonly url: string

  /** @param path the folder; it is created with the first file */
  constructor(path: string) {
    this.url = resolve(path)
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.pathOf(name))
    } catch (error) {
      if (isMissing(error)) return undefined
      throw this.failure('read', name, error)
    }
  }

  async create(name: string, data: Uint8Array): Promise<boolean> {
    const path = this.pathOf(name)
    return this.write(name, data, async (unfinished) => {
      try {
        // Unlike a renamed file, a link takes nothing's place.
        await link(unfinished, path)
        return true
      } catch (error) {
        if (hasCode(error, ['EEXIST'])) return false
        if (!hasCode(error, withoutLinks)) throw error
        if (await isThere(path)) return false
        await rename(unfinished, path)
        return true
      }
    })
  }

  async replace(name: string, data: Uint8Array): Promise<void> {
    await this.write(name, data, async (unfinished) => rename(unfinished, this.pathOf(name)))
  }

  async *list(prefix: string): AsyncGenerator<StoredFile, void, undefined> {
    const folder = dirname(this.pathOf(`${prefix}_`))
    const beginning = basename(this.pathOf(`${prefix}_`)).slice(0, -1)
    const names = await readdir(folder).catch((error) => {
      if (isMissing(error)) return []
      throw this.failure('list', prefix, error)
    })
    const parent = prefix.slice(0, prefix.length - beginning.length)
    for (const name of names.filter((name) => name.startsWith(beginning)).sort()) {
      const stats = await stat(join(folder, name)).catch(() => undefined)
      if (!stats?.isFile()) continue
      yield { name: parent + name, size: stats.size, modified: stats.mtimeMs }
    }
  }

  /** Writes the data under another name, and has it finished from there. */
  private async write<T>(
    name: string,
    data: Uint8Array,
    finish: (unfinished: string) => Promise<T>,
  ): Promise<T> {
    const folder = dirname(this.pathOf(name))
    const unfinished = join(folder, `.unfinished-${randomBytes(8).toString('hex')}`)
    try {
      await mkdir(folder, { recursive: true })
      await writeWhole(unfinished, data)
      return await finish(unfinished)
    } catch (error) {
      throw this.failure('write', name, error)
    } finally {
      // Why it could not be written says more than why it could not be removed.
      await rm(unfinished, { force: true }).catch(() => undefined)
    }
  }

  private pathOf(name: string): string {
    return join(this.url, name)
  }

  private failure(verb: string, name: string, error: unknown): StoreError {
    const path = JSON.stringify(this.pathOf(name))
    return new StoreError(`Could not ${verb} ${path}: ${describeError(error).message}`, error)
  }
}

async function writeWhole(path: string, data: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(data)
    // A file that has its name is not empty after a power cut.
    await file.sync()
  } finally {
    await file.close()
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}

function isMissing(error: unknown): boolean {
  return hasCode(error, ['ENOENT', 'ENOTDIR'])
}

function hasCode(error: unknown, codes: readonly unknown[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(error.code)
}
