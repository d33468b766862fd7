import { lstat, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Column, PARQUET_CREATOR, ParquetRows, type Row } from '@retinaface/batch'
import { CliError, OutputError } from '../cli-error.ts'
import { identityOf } from '../files/file-identity.ts'
import { growFile, statIfThere } from '../files/regular-file.ts'
import type { ResultFileOptions } from './result-file.ts'

/** A Parquet file of results, which appears when it is closed. */
export interface ParquetFile {
  add(rows: readonly Row[]): Promise<void>
  close(): Promise<void>
}

/** Rows that are held in memory and written together. */
const rowsOfGroup = 5000

/**
 * Begins a Parquet file of results; its folder is created.
 *
 * @throws {CliError} if an input is there, or a file that is no such file of results
 * @throws {OutputError} if it cannot be written
 */
export async function openParquetFile(
  path: string,
  columns: readonly Column[],
  { inputs }: Pick<ResultFileOptions, 'inputs'>,
): Promise<ParquetFile> {
  const failed = (error: unknown): never => {
    throw error instanceof CliError ? error : new OutputError(JSON.stringify(path), error)
  }
  await mkdir(dirname(path), { recursive: true }).catch(failed)
  await expectReplaceable(path, inputs).catch(failed)
  const file = await growFile(path).catch(failed)
  const parquet = new ParquetRows(columns)
  let waiting: Row[] = []
  const writeGroup = async () => {
    if (waiting.length === 0) return
    const rows = waiting
    waiting = []
    await file.write(parquet.append(rows)).catch(failed)
  }
  return {
    async add(rows) {
      waiting.push(...rows)
      if (waiting.length >= rowsOfGroup) await writeGroup()
    },
    async close() {
      await writeGroup()
      await file.write(parquet.finish()).catch(failed)
      await file.finish().catch(failed)
    },
  }
}

async function expectReplaceable(path: string, inputs: ReadonlySet<string>): Promise<void> {
  const there = await statIfThere(path)
  if (!there) return
  const name = JSON.stringify(path)
  if (inputs.has(identityOf(await lstat(path, { bigint: true })))) {
    throw new CliError('OUTPUT', `${name} is one of the inputs. Name another file for results.`)
  }
  if (there.isFile() && (there.size === 0 || (await isOurs(path)))) return
  throw new CliError(
    'OUTPUT',
    `${name} is no Parquet file of this command, so it is not replaced. Name another file.`,
  )
}

/** True for a Parquet file whose end names this command. */
async function isOurs(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, Math.max(0, size - 64))
    const end = buffer.subarray(0, bytesRead).toString('latin1')
    return end.endsWith('PAR1') && end.includes(PARQUET_CREATOR)
  } finally {
    await file.close()
  }
}
