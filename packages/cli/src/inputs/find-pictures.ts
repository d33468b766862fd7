import { realpath } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { glob } from 'tinyglobby'
import { CliError } from '../cli-error.ts'
import { type InputRoot, isInside } from './input-root.ts'
import { readPipe, readStandardInput } from './read-stream.ts'
import { standardInputName } from './standard-input-name.ts'
import { ambiguousName, isAmbiguous, tellApart } from './undecodable-name.ts'
import { type FoundPath, kindOf, type WalkOptions, walkFolder } from './walk-folder.ts'

/** A picture to work on. */
export interface PictureInput {
  /** Names it in results: the path as seen from where the command runs, or `-`. */
  readonly file: string
  /** Its path from the inputs' common folder, for outputs. */
  readonly outputPath: string
  /** A path, the bytes from standard input or a pipe, or why there is nothing to read. */
  readonly source: string | Uint8Array | CliError
}

/**
 * The pictures that the inputs lead to, each once, found as they are needed.
 *
 * @param commonFolder absolute; what all inputs lie in
 * @param options.except real path of a folder that is not entered: that of the outputs
 */
export async function* findPictures(
  roots: readonly InputRoot[],
  commonFolder: string,
  options: WalkOptions = {},
): AsyncGenerator<PictureInput, void, undefined> {
  // One input has none twice.
  const seen = roots.length > 1 ? new Set<string>() : undefined
  const toOutputPath = (path: string) => relative(commonFolder, resolve(path))
  for (const root of roots) {
    if (root.kind === 'stdin') {
      const isAlone = roots.every(({ kind }) => kind === 'stdin')
      const outputPath = isAlone ? 'stdin' : await standardInputName(commonFolder)
      yield { file: '-', outputPath, source: await readStandardInput() }
    } else if (root.kind === 'pipe') {
      const { path } = root
      yield { file: path, outputPath: toOutputPath(path), source: await readPipe(path) }
    } else {
      for await (const { path, error } of pathsOf(root, options)) {
        // A name that is not UTF-8 is shown as another's.
        const absolute = error?.code === 'NAME' ? undefined : resolve(path)
        if (absolute && seen?.has(absolute)) continue
        if (absolute) seen?.add(absolute)
        yield { file: path, outputPath: toOutputPath(path), source: error ?? path }
      }
    }
  }
}

async function* pathsOf(
  { kind, path, base }: InputRoot,
  options: WalkOptions,
): AsyncGenerator<FoundPath, void, undefined> {
  if (kind === 'folder') return yield* walkFolder(path, options)
  if (kind === 'file') return yield isAmbiguous(path) ? { path, error: ambiguousName() } : { path }
  const names = await glob(path, { cwd: base, expandDirectories: false })
  if (names.length === 0) {
    yield {
      path: join(base, path),
      error: new CliError('NO_MATCH', 'No file matches this pattern.'),
    }
  }
  const { except } = options
  const realBase = await realpath(base).catch(() => base)
  const isOutput = (name: string) => except && isInside(join(realBase, name), except)
  const paths = names.sort().flatMap((name) => (isOutput(name) ? [] : [join(base, name)]))
  for (const found of await tellApart(paths)) {
    if (found.error || (await kindOf(found.path)) !== 'other') yield found
  }
}
