import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import type { BatchDetector } from '../src/engine/open-batch-detector.ts'
import { readStatus } from '../src/engine/read-status.ts'
import { ownShards, runBatch } from '../src/engine/run-batch.ts'
import { runShard } from '../src/engine/run-shard.ts'
import { BatchError } from '../src/errors.ts'
import { createPlan, type Plan, readPlan } from '../src/plan/plan.ts'
import type { BatchSettings } from '../src/plan/settings.ts'
import { FolderStore } from '../src/store/folder-store.ts'
import { photo, plainPicture, temporaryFolder, testDetector } from './support/pictures.ts'

let folder: string
let detector: BatchDetector

beforeAll(async () => {
  folder = await temporaryFolder()
  detector = await testDetector()
  await writeFile(join(folder, 'photo.jpg'), await photo())
  await writeFile(join(folder, 'plain.jpg'), await plainPicture())
  await writeFile(join(folder, 'broken.jpg'), 'not a picture')
})

const pictures = [
  'photo.jpg',
  { file: 'locked', error: { code: 'FOLDER_READ', message: 'Could not read the folder' } },
  'plain.jpg',
  'broken.jpg',
  'missing.jpg',
]

async function planIn(name: string, settings: BatchSettings, shardSize = 10) {
  const store = new FolderStore(join(folder, name))
  const options = { inputs: ['in'], pictures, base: folder, settings, shardSize }
  return { store, plan: await createPlan(store, options), detector }
}

async function runAll(run: { store: FolderStore; plan: Plan; detector: BatchDetector }) {
  const results = []
  for await (const result of runBatch(run)) results.push(result)
  return results
}

describe('a run', () => {
  test.each(['parquet', 'ndjson'] as const)('writes rows as %s, and errors', async (format) => {
    const run = await planIn(`rows-${format}`, { format, latents: true, crops: 56 })
    const [result] = await runAll(run)
    const shard = run.plan.shards[0]!
    expect(result).toEqual({ shard, committed: true, pictures: 5, failed: 3, faces: 3 })
    const rows = await readRows(join(run.store.url, `part-${shard}.${format}`), format)
    expect(
      rows.map(({ file, faces, face, error_code }) => [file, faces, face, error_code]),
    ).toEqual([
      ['photo.jpg', 3, 1, null],
      ['photo.jpg', 3, 2, null],
      ['photo.jpg', 3, 3, null],
      ['locked', null, null, 'FOLDER_READ'],
      ['plain.jpg', 0, null, null],
      ['broken.jpg', null, null, 'IMAGE_READ'],
      ['missing.jpg', null, null, 'IMAGE_READ'],
    ])
    const expected = await detector.detect(join(folder, 'photo.jpg'), { mesh: true })
    for (const [i, face] of expected.entries()) {
      const row = rows[i]!
      expect(row.width).toBe(480)
      expect(row.score).toBeCloseTo(face.score, 5)
      expect(row.x1).toBeCloseTo(face.box[0], 2)
      expect(row.nose_y).toBeCloseTo(face.landmarks[2][1], 2)
      expect(row.left_mouth_x).toBeCloseTo(face.landmarks[4][0], 2)
      expect(row.yaw).toBeCloseTo(face.pose!.yaw, 2)
      const [x1, y1, x2, y2] = face.box
      expect(row.size).toBeCloseTo(Math.max(x2 - x1, y2 - y1), 2)
      expect(row.latent).toHaveLength(128)
      expect(row.latent[5]).toBeCloseTo(face.latent![5]!, 4)
      const crop = format === 'parquet' ? row.crop : Buffer.from(row.crop, 'base64')
      expect(await sharp(crop).metadata()).toMatchObject({ format: 'jpeg', width: 56, height: 56 })
    }
    const errors = await readFile(join(run.store.url, `part-${shard}.errors.ndjson`), 'utf8')
    const failures = errors
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(failures.map(({ file, error }) => [file, error.code])).toEqual([
      ['locked', 'FOLDER_READ'],
      ['broken.jpg', 'IMAGE_READ'],
      ['missing.jpg', 'IMAGE_READ'],
    ])
  })

  test('goes on with what is missing, and counts it', async () => {
    const run = await planIn('resumed', { pose: false }, 2)
    expect(run.plan.shards).toHaveLength(3)
    expect(await readStatus(run.store, run.plan)).toMatchObject({
      shards: { total: 3, done: 0 },
      pictures: { total: 5, done: 0, failed: 0, waiting: 5 },
      rate: 0,
    })
    expect(await runAll(run)).toHaveLength(3)
    const [, second, last] = run.plan.shards
    await rm(join(run.store.url, `part-${second}.parquet`))
    await rm(join(run.store.url, `part-${last}.parquet`))
    const status = await readStatus(run.store, run.plan)
    expect(status.pictures).toEqual({ total: 5, done: 2, failed: 1, waiting: 3 })
    const again = await runAll(run)
    expect(again.map(({ shard }) => shard)).toEqual([second, last])
    expect((await readStatus(run.store, run.plan)).pictures).toMatchObject({ done: 5, failed: 3 })
  })

  test('of two workers with one shard one commits, and the errors are those of its part', async () => {
    const run = await planIn('twice', { pose: false })
    const shard = run.plan.shards[0]!
    const both = await Promise.all([runShard(run, shard), runShard(run, shard)])
    expect(both.filter(({ committed }) => committed)).toHaveLength(1)
    const errors = join(run.store.url, `part-${shard}.errors.ndjson`)
    const written = await readFile(errors, 'utf8')
    // As if the worker that was late had met other failures.
    await writeFile(errors, '')
    expect(await runShard(run, shard)).toMatchObject({ committed: false, failed: 3 })
    expect(await readFile(errors, 'utf8')).toBe(written)
    const files = await readdir(run.store.url)
    expect(files.filter((name) => name.startsWith('part-'))).toHaveLength(2)
  })

  test('that is stopped commits nothing of the shard in hand', async () => {
    const run = await planIn('stopped', { pose: false })
    const controller = new AbortController()
    const stopped = runShard(run, run.plan.shards[0]!, {
      signal: controller.signal,
      onPicture: () => controller.abort(),
    })
    await expect(stopped).rejects.toThrow('This operation was aborted')
    expect(await readdir(run.store.url)).toEqual(['plan.json', 'shards'])
  })
})

describe('a plan', () => {
  test('is the same whoever makes it, and the store keeps the first', async () => {
    const runs = await Promise.all([planIn('plans', {}, 2), planIn('plans', {}, 2)])
    expect(runs[0].plan).toEqual(runs[1].plan)
    expect(await readPlan(runs[0].store)).toEqual(runs[0].plan)
    expect(runs[0].plan.shards.every((id) => /^00000[012]-[\da-f]{10}$/.test(id))).toBe(true)
  })

  test('refuses another run in its store, saying what differs', async () => {
    await planIn('other', { pose: false })
    await expect(planIn('other', {})).rejects.toThrow(/its settings are \{"pose":false\}, not \{\}/)
    await expect(planIn('other', { pose: false }, 3)).rejects.toThrow(/its shardSize are 10, not 3/)
    const store = new FolderStore(join(folder, 'other'))
    const list = { inputs: ['in'], base: folder, settings: { pose: false }, shardSize: 10 }
    const others = createPlan(store, { ...list, pictures: ['a.jpg'], compares: true })
    await expect(others).rejects.toThrow(/its pictures are others/)
    expect((await createPlan(store, { ...list, pictures, compares: true })).pictures).toBe(5)
  })

  test('is not made without pictures, or read where it is damaged', async () => {
    const store = new FolderStore(join(folder, 'none'))
    await expect(createPlan(store, { inputs: [], pictures: [] })).rejects.toThrow(BatchError)
    await mkdir(store.url, { recursive: true })
    await writeFile(join(store.url, 'plan.json'), '{"shards":[]}')
    await expect(readPlan(store)).rejects.toThrow(/not the plan of a run, or is damaged/)
  })
})

test('tasks share all shards, each one once', () => {
  const shards = Array.from({ length: 11 }, (_, i) => String(i))
  const shares = [0, 1, 2].map((shardIndex) => ownShards(shards, { shardIndex, shardCount: 3 }))
  expect(shares.flat().sort()).toEqual([...shards].sort())
  expect(shares.map(({ length }) => length)).toEqual([4, 4, 3])
  expect(() => ownShards(shards, { shardIndex: 3, shardCount: 3 })).toThrow(/from 0 to 2/)
})

// biome-ignore lint/suspicious/noExplicitAny: rows are read as anybody reads them.
async function readRows(path: string, format: 'parquet' | 'ndjson'): Promise<any[]> {
  if (format === 'parquet') {
    return parquetReadObjects({ file: await asyncBufferFromFile(path), utf8: false })
  }
  const lines = (await readFile(path, 'utf8')).trim().split('\n')
  return lines.map((line) => JSON.parse(line))
}
