import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Column } from '@retinaface/batch'
import { expect, test } from 'vitest'
import { readParquet } from '../../../batch/test/support/read-parquet.ts'
import { identityOf } from '../../src/files/file-identity.ts'
import { openParquetFile } from '../../src/output/parquet-file.ts'
import { temporaryFolder } from '../sample-pictures.ts'

const columns: readonly Column[] = [{ name: 'file', type: 'text' }]
const noInputs = { inputs: new Set<string>() }

test('appears when it is closed, and replaces one of its own', async () => {
  const folder = join(await temporaryFolder(), 'sub')
  const path = join(folder, 'faces.parquet')
  const rows = Array.from({ length: 5001 }, (_, i) => ({ file: `${i}.jpg` }))
  const first = await openParquetFile(path, columns, noInputs)
  await first.add(rows)
  expect(await readdir(folder)).not.toContain('faces.parquet')
  await first.close()
  expect(await readParquet(path)).toEqual(rows)
  const second = await openParquetFile(path, columns, noInputs)
  expect(await readParquet(path)).toEqual(rows)
  await second.close()
  expect(await readParquet(path)).toEqual([])
  expect(await readdir(folder)).toEqual(['faces.parquet'])
})

test('replaces nothing else', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'notes.txt'), 'my notes')
  await writeFile(join(folder, 'others.parquet'), 'PAR1 another writer PAR1')
  await mkdir(join(folder, 'folder'))
  await symlink('notes.txt', join(folder, 'link'))
  for (const name of ['notes.txt', 'others.parquet', 'folder', 'link']) {
    const opening = openParquetFile(join(folder, name), columns, noInputs)
    await expect(opening, name).rejects.toThrow('is no Parquet file of this command')
  }
  const notes = join(folder, 'notes.txt')
  const inputs = new Set([identityOf(await stat(notes, { bigint: true }))])
  await expect(openParquetFile(notes, columns, { inputs })).rejects.toThrow('one of the inputs')
  expect(await readFile(notes, 'utf8')).toBe('my notes')
  expect((await readdir(folder)).sort()).toEqual(['folder', 'link', 'notes.txt', 'others.parquet'])
})
