import { isUtf8 } from 'node:buffer'
import type { Dirent, Stats } from 'node:fs'
import { opendir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describeError } from '@retinaface/node/results'
import { CliError } from '../cli-error.ts'
import { undecodableName } from './undecodable-name.ts'

const videoName = /\.(?:mp4|m4v|mov|avi|mkv|webm|mpe?g|mts|m2ts|wmv|flv|3gp|ogv)$/i
// What can show faces and is not read.
const unreadName = /\.(?:bmp|ico|jxl|jp2|psd|svg|pdf|dng|cr[23w]|nef|arw|raf|orf|rw2)$/i
const pictureName = /\.(?:jpe?g|jpe|jfif|png|webp|avif|hei[cf]|tiff?|gif)$/i

/** True if a file is named like a picture. */
export function isPictureName(name: string): boolean {
  return pictureName.test(name)
}

/** True if a file is named like a video. */
export function isVideoName(name: string): boolean {
  return videoName.test(name)
}

/** A path that an input led to, with an error if there is no reading on. */
export interface FoundPath {
  readonly path: string
  readonly error?: CliError
}

/** How folders are gone through. */
export interface WalkOptions {
  readonly except?: string | undefined
  readonly tellsUnread?: boolean | undefined
  readonly takesVideos?: boolean | undefined
}

/**
 * The pictures of a folder and of those below it, in the order of their names; a folder that cannot
 * be read gives an error in its place. Hidden files and folders are passed over, links are followed
 * once. Pipes, sockets and devices are passed over too: reading one may never end.
 *
 * @param options.except real path of a folder that is not entered
 * @param options.tellsUnread videos that are not taken, and pictures of formats that are not read, give an
 * error too
 * @param options.takesVideos videos are found too
 */
export async function* walkFolder(
  folder: string,
  options: WalkOptions = {},
  entered: Set<string> = new Set(),
): AsyncGenerator<FoundPath, void, undefined> {
  let entries: Entry[]
  try {
    const real = await realpath(folder)
    if (real === options.except || entered.has(real)) return
    entered.add(real)
    entries = await readEntries(folder, options)
  } catch (error) {
    const message = `Could not read the folder: ${describeError(error).message}`
    yield { path: folder, error: new CliError('FOLDER_READ', message, error) }
    return
  }
  for (const { name, isFolder, isUtf8 } of entries) {
    const path = join(folder, name)
    if (!isUtf8) yield { path, error: undecodableName() }
    else if (isFolder) yield* walkFolder(path, options, entered)
    else yield isTaken(name, options) ? { path } : { path, error: unread(name) }
  }
}

function isTaken(name: string, { takesVideos }: WalkOptions): boolean {
  return isPictureName(name) || (takesVideos === true && isVideoName(name))
}

function unread(name: string): CliError {
  const ending = name.slice(name.lastIndexOf('.'))
  return new CliError(
    'NOT_READ',
    `${ending} files are not read. Convert it to pictures (JPEG, PNG, WebP, AVIF, TIFF or GIF).`,
  )
}

interface Entry {
  readonly name: string
  readonly isFolder: boolean
  readonly isUtf8: boolean
}

async function readEntries(folder: string, options: WalkOptions): Promise<Entry[]> {
  const entries: Entry[] = []
  const inBytes = 'buffer' as BufferEncoding
  for await (const entry of await opendir(folder, { encoding: inBytes })) {
    const bytes = Buffer.from(entry.name)
    const name = bytes.toString()
    if (name.startsWith('.')) continue
    const isLink = entry.isSymbolicLink() && isUtf8(bytes)
    const kind = isLink ? await kindOf(join(folder, name)) : toKind(entry)
    const isFolder = kind === 'folder'
    const isUnread = isVideoName(name) || unreadName.test(name)
    const isNamed = isTaken(name, options) || (options.tellsUnread === true && isUnread)
    if (isFolder || (kind === 'file' && isNamed)) {
      entries.push({ name, isFolder, isUtf8: isUtf8(bytes) })
    }
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

type Kind = 'file' | 'folder' | 'other'

/** What a path leads to; a broken link is taken for a file, so that it is reported when it is read. */
export async function kindOf(path: string): Promise<Kind> {
  return stat(path).then(toKind, () => 'file' as const)
}

function toKind(entry: Dirent | Stats): Kind {
  if (entry.isDirectory()) return 'folder'
  return entry.isFile() ? 'file' : 'other'
}
