import { join } from 'node:path'
import { type Finished, readFinished } from '../run/finished-pictures.ts'
import { CropNames } from './crop-names.ts'
import { createResultWriter, type ResultWriter } from './result-writer.ts'
import { openFile } from './sink.ts'

/** Says of each picture which files of the output folder come from it. */
export const indexName = 'index.ndjson'

/** The index of an output folder. */
export interface FolderIndex {
  /** Pictures that it lists from an earlier run. */
  readonly finished: ReadonlySet<string>
  /** Names that its files do not have. */
  readonly names: CropNames
  readonly writer: ResultWriter
}

/**
 * Opens the index of an output folder.
 *
 * @param resumes go on after what it lists instead of beginning anew
 * @throws {CliError} if it holds something else, or cannot be written
 */
export async function openIndex(folder: string, resumes: boolean): Promise<FolderIndex> {
  const path = join(folder, indexName)
  const nothing: Finished = { pictures: new Set(), outputs: [] }
  const { pictures, outputs } = resumes ? await readFinished(path) : nothing
  const sink = await openFile(path, resumes ? 'append' : 'replace')
  const writer = createResultWriter('ndjson', sink, true)
  return { finished: pictures, names: new CropNames(outputs), writer }
}
