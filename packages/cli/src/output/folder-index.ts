import { join } from 'node:path'
import { readFinished } from '../run/finished-pictures.ts'
import { createResultWriter, type ResultWriter } from './result-writer.ts'
import { openFile } from './sink.ts'

/** Says of each picture which files of the output folder come from it. */
export const indexName = 'index.ndjson'

/** The index of an output folder. */
export interface FolderIndex {
  /** Pictures that it lists from an earlier run. */
  readonly finished: ReadonlySet<string>
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
  const finished = resumes ? await readFinished(path) : new Set<string>()
  const sink = await openFile(path, resumes ? 'append' : 'replace')
  return { finished, writer: createResultWriter('ndjson', sink, true) }
}
