import { parse } from 'node:path'
import type { PictureInput } from './find-pictures.ts'
import { walkFolder } from './walk-folder.ts'

/**
 * The pictures below a folder whose file names, without their endings, are asked for; `outputPath`
 * is that name. Of several with the same name the first is taken.
 *
 * @throws {CliError} if a folder cannot be read
 */
export async function findByName(
  folder: string,
  names: ReadonlySet<string>,
): Promise<PictureInput[]> {
  const found = new Map<string, PictureInput>()
  for await (const { path, error } of walkFolder(folder)) {
    if (error) throw error
    const { name } = parse(path)
    if (names.has(name) && !found.has(name)) {
      found.set(name, { file: path, outputPath: name, source: path })
    }
  }
  return [...found.values()]
}
