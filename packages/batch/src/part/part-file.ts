import { parquetReadObjects } from 'hyparquet'
import type { PartFormat } from '../plan/settings.ts'
import type { FailedPicture } from '../plan/shards.ts'
import type { Column, Row } from './columns.ts'
import { ParquetRows } from './parquet.ts'

/** What the names of all parts begin with. */
export const PART_PREFIX = 'part-'
const errorsEnding = '.errors.ndjson'

export function partName(shard: string, format: PartFormat): string {
  return `${PART_PREFIX}${shard}.${format}`
}

export function errorsName(shard: string): string {
  return PART_PREFIX + shard + errorsEnding
}

/** The shard that a file is the part or the errors of; undefined for other files. */
export function shardOf(name: string): { shard: string; isErrors: boolean } | undefined {
  const [, shard, ending] =
    /^part-(\d{6,}-[\da-f]{10})(\.errors\.ndjson|\.parquet|\.ndjson)$/.exec(name) ?? []
  return shard === undefined ? undefined : { shard, isErrors: ending === errorsEnding }
}

/** The bytes of a part. */
export function writePart(
  rows: readonly Row[],
  columns: readonly Column[],
  format: PartFormat,
): Uint8Array {
  return format === 'parquet' ? toParquet(rows, columns) : toNdjson(rows, columns)
}

/** The pictures of a part that failed, in its order. */
export async function readFailures(part: Uint8Array, format: PartFormat): Promise<FailedPicture[]> {
  const rows =
    format === 'parquet'
      ? await parquetReadObjects({
          file: Uint8Array.from(part).buffer,
          columns: ['file', 'error_code', 'error_message'],
        })
      : linesOf(part)
  return rows
    .filter(({ error_code: code }) => code !== null)
    .map(({ file, error_code: code, error_message: message }) => ({
      file,
      error: { code, message },
    }))
}

/** A line for each picture that failed. */
export function writeErrors(failures: readonly FailedPicture[]): Uint8Array {
  return Buffer.from(failures.map((failure) => `${JSON.stringify(failure)}\n`).join(''))
}

/** Part rows of pictures that failed. */
export function failuresOf(rows: readonly Row[]): FailedPicture[] {
  return rows.flatMap(({ file, error_code: code, error_message: message }) =>
    code ? [{ file: String(file), error: { code: String(code), message: String(message) } }] : [],
  )
}

function toParquet(rows: readonly Row[], columns: readonly Column[]): Uint8Array {
  const file = new ParquetRows(columns)
  return Buffer.concat([file.append(rows), file.finish()])
}

function toNdjson(rows: readonly Row[], columns: readonly Column[]): Uint8Array {
  const lines = rows.map((row) => {
    const values = columns.map(({ name }) => {
      const value = row[name] ?? null
      return [name, value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value]
    })
    return `${JSON.stringify(Object.fromEntries(values))}\n`
  })
  return Buffer.from(lines.join(''))
}

function linesOf(part: Uint8Array): Record<string, string>[] {
  return Buffer.from(part)
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}
