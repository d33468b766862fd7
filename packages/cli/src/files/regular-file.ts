import { randomBytes } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import { type FileHandle, lstat, open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CliError } from '../cli-error.ts'

// Everything that the command writes, it writes with these three: no link is followed, and nothing but
// a regular file is opened, since a pipe waits for a reader and a device does what it likes.

// Windows has neither of the last two; there the look beforehand is all.
const flags = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND
const noSurprises = constants.O_NOFOLLOW | constants.O_NONBLOCK

/**
 * Opens a file for reading and for writing at its end; an empty one is created where there is none.
 *
 * @throws {CliError} if a link or something else that is no regular file is there
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
  const there = await statIfThere(path)
  if (there) expectRegular(path, there)
  const file = await open(path, flags | noSurprises)
  try {
    // Another may lie there by now.
    expectRegular(path, await file.stat())
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

/**
 * Writes a file that is not there yet.
 *
 * @throws an error with the code `EEXIST` if it is
 */
export function createFile(path: string, data: Uint8Array): Promise<void> {
  return writeFile(path, data, { flag: 'wx' })
}

/**
 * Writes a file that appears complete or not at all, in place of what has its name.
 *
 * @param create writes it under another name, under which nothing is there
 * @param ready called when the data are on the disk, before the file appears
 */
export async function replaceFile(
  path: string,
  create: (unfinished: string) => Promise<void>,
  ready: () => Promise<void>,
): Promise<void> {
  const unfinished = unfinishedName(path)
  try {
    await create(unfinished)
    await ready()
    await rename(unfinished, path)
  } catch (error) {
    // Why it could not be written says more than why it could not be removed.
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw error
  }
}

/** A file that is written in parts and appears complete or not at all. */
export interface GrowingFile {
  write(data: Uint8Array): Promise<void>
  /** The file appears. */
  finish(): Promise<void>
}

/** Begins a file that appears when it is finished. If it cannot be written, nothing is left of it. */
export async function growFile(path: string): Promise<GrowingFile> {
  const unfinished = unfinishedName(path)
  const file = await open(unfinished, 'wx')
  const orRemove = async (work: Promise<void>) => {
    try {
      await work
    } catch (error) {
      await file.close().catch(() => undefined)
      await rm(unfinished, { force: true }).catch(() => undefined)
      throw error
    }
  }
  return {
    write: (data) => orRemove(file.appendFile(data)),
    finish: () => orRemove(file.close().then(() => rename(unfinished, path))),
  }
}

function unfinishedName(path: string): string {
  return join(dirname(path), `.unfinished-${randomBytes(8).toString('hex')}`)
}

/** What has a name, links unfollowed; undefined if nothing has. */
export async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function expectRegular(path: string, stats: Stats): void {
  if (stats.isFile()) return
  const kind = stats.isSymbolicLink() ? 'a link' : stats.isDirectory() ? 'a folder' : 'no file'
  const advice = 'Results go to regular files only, and links are not followed. Name another file.'
  throw new CliError('OUTPUT', `${JSON.stringify(path)} is ${kind}. ${advice}`)
}
