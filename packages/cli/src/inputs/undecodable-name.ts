import { lstat } from 'node:fs/promises'
import { CliError } from '../cli-error.ts'

// What Node.js gives for bytes that are not UTF-8. A file can have just this in its name too.
const replacement = '\ufffd'

/** True if a name may stand for another one, whose bytes are not UTF-8. */
export function isAmbiguous(path: string): boolean {
  return path.includes(replacement)
}

/** Why a file whose name is not UTF-8 is not read: another may have the name that it is given here. */
export function undecodableName(): CliError {
  return new CliError('NAME', 'Its name is not valid UTF-8, so it cannot be opened. Rename it.')
}

/** Why a file is not read that the command was told of by such a name. */
export function ambiguousName(): CliError {
  const message = 'Its name holds U+FFFD, which stands for bytes that are not valid UTF-8 too.'
  return new CliError('NAME', `${message} Rename it, or give its folder.`)
}

/**
 * Which of the paths that a search gave lead to a file of just that name: those that are given twice
 * stand for others too.
 */
export async function tellApart(
  paths: readonly string[],
): Promise<{ readonly path: string; readonly error?: CliError }[]> {
  const seen = new Set<string>()
  const told = []
  for (const path of paths) {
    const isLiteral = !isAmbiguous(path) || (!seen.has(path) && (await isThere(path)))
    seen.add(path)
    told.push(isLiteral ? { path } : { path, error: undecodableName() })
  }
  return told
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
