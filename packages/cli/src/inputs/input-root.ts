import { stat } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { isDynamicPattern } from 'tinyglobby'
import { isAmbiguous } from './undecodable-name.ts'

/** One of the inputs that the user named. */
export interface InputRoot {
  /** A pipe or a device can be read once only. */
  readonly kind: 'stdin' | 'file' | 'pipe' | 'folder' | 'glob'
  /** As the user wrote it; for a glob the part after `base`. */
  readonly path: string
  /** The folder it is in, or that it is. */
  readonly base: string
}

/** Finds out what an input is; a name that exists is not taken for a glob. */
export async function toInputRoot(input: string): Promise<InputRoot> {
  if (input === '-') return { kind: 'stdin', path: input, base: '.' }
  // It may stand for a name that is not UTF-8, so what has it is not looked at.
  if (isAmbiguous(input)) return { kind: 'file', path: input, base: dirname(input) }
  const stats = await stat(input).catch(() => undefined)
  if (stats?.isDirectory()) return { kind: 'folder', path: input, base: input }
  if (stats && !stats.isFile()) return { kind: 'pipe', path: input, base: dirname(input) }
  if (stats || !isDynamicPattern(input)) return { kind: 'file', path: input, base: dirname(input) }
  const segments = input.split('/')
  const fixed = segments.findIndex((segment) => isDynamicPattern(segment))
  const base = join(input.startsWith('/') ? '/' : '.', ...segments.slice(0, Math.max(0, fixed)))
  return { kind: 'glob', path: segments.slice(Math.max(0, fixed)).join('/'), base }
}

/**
 * The deepest folder that all inputs lie in, as an absolute path. Outputs keep the path from here,
 * so that two pictures never share an output and none leaves the output folder.
 */
export function commonFolder(roots: readonly InputRoot[]): string {
  const folders = roots.filter(({ kind }) => kind !== 'stdin').map(({ base }) => resolve(base))
  return folders.length === 0 ? resolve('.') : folders.reduce(commonAncestor)
}

function commonAncestor(a: string, b: string): string {
  let folder = a
  while (!isInside(b, folder) && folder !== dirname(folder)) folder = dirname(folder)
  return folder
}

/** True if `path` is `folder` or lies below it; both absolute. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
