import { readFile } from 'node:fs/promises'
import { parquetReadObjects } from 'hyparquet'

/** The rows of a Parquet file. */
export async function readParquet(path: string): Promise<Record<string, unknown>[]> {
  return parquetReadObjects({ file: Uint8Array.from(await readFile(path)).buffer })
}
