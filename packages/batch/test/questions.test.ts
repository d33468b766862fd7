import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { beforeAll, expect, test } from 'vitest'
import { runBatch } from '../src/engine/run-batch.ts'
import { columnsOf } from '../src/part/columns.ts'
import { createPlan } from '../src/plan/plan.ts'
import { FolderStore } from '../src/store/folder-store.ts'
import { photo, plainPicture, temporaryFolder, testDetector } from './support/pictures.ts'

const page = new URL('../../../apps/docs/guide/batch.md', import.meta.url)
let folder: string
let ask: (sql: string) => Promise<Record<string, unknown>[]>
let questions: string[]

beforeAll(async () => {
  folder = await temporaryFolder()
  const detector = await testDetector()
  await writeFile(join(folder, 'photo.jpg'), await photo())
  await writeFile(join(folder, 'plain.jpg'), await plainPicture())
  await writeFile(join(folder, 'broken.jpg'), 'not a picture')
  const store = new FolderStore(join(folder, 'faces'))
  const plan = await createPlan(store, {
    inputs: ['in'],
    pictures: ['photo.jpg', 'plain.jpg', 'broken.jpg'],
    base: folder,
    settings: { latents: true, crops: 112 },
    shardSize: 2,
  })
  for await (const _ of runBatch({ store, plan, detector }));
  const connection = await (await DuckDBInstance.create()).connect()
  ask = async (sql) => {
    const placed = sql.replace("'faces/", `'${store.url}/`)
    return (await connection.runAndReadAll(placed)).getRowObjectsJson()
  }
  const text = await readFile(page, 'utf8')
  questions = [...text.matchAll(/```sql\n(.+?)\n```/gs)].map(([, sql]) => sql!)
})

test('DuckDB answers the questions of the documentation', async () => {
  expect(questions).toHaveLength(6)
  const [counts, largest, blurred, none, failed, training] = await Promise.all(questions.map(ask))
  expect(counts).toEqual([{ pictures: '3', faces: '3' }])
  const sizes = largest!.map(({ size }) => Number(size))
  expect(sizes).toHaveLength(3)
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
  expect(none).toEqual([{ file: 'plain.jpg' }])
  expect(failed).toEqual([{ error_code: 'IMAGE_READ', pictures: '1' }])
  const rows = await ask("SELECT * FROM 'faces/part-*.parquet' WHERE face IS NOT NULL")
  const numbers = (row: Record<string, unknown>, ...names: string[]) =>
    names.map((name) => Number(row[name]))
  const isBlurred = (row: Record<string, unknown>) => {
    const [sharpness, size] = numbers(row, 'sharpness', 'size')
    return sharpness! < 30 && size! >= 40
  }
  const isWanted = (row: Record<string, unknown>) => {
    const [size, sharpness, yaw, pitch] = numbers(row, 'size', 'sharpness', 'yaw', 'pitch')
    return size! >= 80 && sharpness! >= 50 && Math.abs(yaw!) < 30 && Math.abs(pitch!) < 20
  }
  expect(blurred).toHaveLength(rows.filter(isBlurred).length)
  expect(training).toHaveLength(rows.filter(isWanted).length)
})

test('DuckDB sees the columns with their types, and the page names each', async () => {
  const described = await ask("DESCRIBE SELECT * FROM 'faces/part-*.parquet'")
  const columns = columnsOf({ latents: true, crops: 112 })
  const types = {
    text: 'VARCHAR',
    integer: 'INTEGER',
    float: 'FLOAT',
    floats: 'FLOAT[]',
    bytes: 'BLOB',
  }
  expect(described.map(({ column_name: name, column_type: type }) => [name, type])).toEqual(
    columns.map(({ name, type }) => [name, types[type]]),
  )
  const text = await readFile(page, 'utf8')
  // The points' columns are named by the first and last of them.
  for (const { name } of columns.filter(({ name }) => !/_(?:eye|mouth)_|nose_/.test(name))) {
    expect(text).toContain(`\`${name}\``)
  }
})
