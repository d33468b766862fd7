import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Column, Row } from '../src/part/columns.ts'
import { ParquetRows } from '../src/part/parquet.ts'
import { temporaryFolder } from './support/pictures.ts'
import { readParquet } from './support/read-parquet.ts'

const columns: readonly Column[] = [
  { name: 'file', type: 'text' },
  { name: 'face', type: 'integer' },
  { name: 'score', type: 'float' },
  { name: 'embedding', type: 'floats' },
]

/** The file of groups of rows, read back. */
async function writtenAndRead(groups: readonly (readonly Row[])[]) {
  const path = join(await temporaryFolder(), 'rows.parquet')
  const file = new ParquetRows(columns)
  const pieces = groups.map((rows) => file.append(rows))
  await writeFile(path, Buffer.concat([...pieces, file.finish()]))
  return readParquet(path)
}

test('groups of rows are read back in their order, what a row lacks as null', async () => {
  const rows = Array.from({ length: 25 }, (_, i) => ({
    file: `${i}.jpg`,
    face: i,
    ...(i % 3 === 0 ? {} : { score: i / 32, embedding: [i, -i / 2] }),
  }))
  const groups = [rows.slice(0, 10), rows.slice(10, 20), rows.slice(20)]
  expect(await writtenAndRead(groups)).toEqual(
    rows.map((row) => ({ score: null, embedding: null, ...row })),
  )
})

test('a file without rows can be read', async () => {
  expect(await writtenAndRead([])).toEqual([])
  expect(await writtenAndRead([[]])).toEqual([])
})
