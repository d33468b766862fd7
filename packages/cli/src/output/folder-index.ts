import { join } from 'node:path'
import { CropNames } from './crop-names.ts'
import type { OutputFolder } from './output-folder.ts'
import { openResultFile, type ResultFileOptions } from './result-file.ts'
import { createResultWriter, type ResultWriter } from './result-writer.ts'

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
 * @throws {CliError} if it holds something else, or cannot be written
 */
export async function openIndex(
  folder: OutputFolder,
  options: ResultFileOptions,
): Promise<FolderIndex> {
  const { finished, sink } = await openResultFile(join(folder.path, indexName), options)
  const writer = createResultWriter('ndjson', sink, true)
  return { finished: finished.pictures, names: new CropNames(finished.outputs), writer }
}
