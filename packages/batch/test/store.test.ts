import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { READ_LIMITS } from '@retinaface/node'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { BatchError, StoreError } from '../src/errors.ts'
import { FolderStore } from '../src/store/folder-store.ts'
import { listS3 } from '../src/store/list-s3.ts'
import { S3 } from '../src/store/s3.ts'
import { S3Store } from '../src/store/s3-store.ts'
import type { Store } from '../src/store/store.ts'
import { temporaryFolder } from './support/pictures.ts'
import { type Fault, type S3Stub, s3Environment, startS3Stub } from './support/s3-stub.ts'

const text = (data: Uint8Array | undefined) => data && Buffer.from(data).toString()
const bytes = (content: string) => Buffer.from(content)

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const one of list) found.push(one)
  return found
}

let stub: S3Stub | undefined

afterEach(async () => {
  vi.unstubAllEnvs()
  await stub?.close()
  stub = undefined
})

async function s3Store(
  faultOf?: (method: string, path: string) => Fault,
  patience = { tries: 4, timeout: 30_000, pause: 10 },
): Promise<Store> {
  stub = await startS3Stub(faultOf)
  for (const [name, value] of Object.entries(s3Environment(stub.url))) vi.stubEnv(name, value)
  return new S3Store(await S3.open(patience), 's3://bucket/run/')
}

describe.each([
  ['a folder', async () => new FolderStore(join(await temporaryFolder(), 'deep/er')) as Store],
  ['S3', () => s3Store()],
])('%s', (_, open) => {
  test('creates a file once, replaces it, and lists what begins with a name', async () => {
    const store = await open()
    expect(await store.read('part-1')).toBeUndefined()
    expect(await all(store.list('part-'))).toEqual([])
    expect(await store.create('part-1', bytes('one'))).toBe(true)
    expect(await store.create('part-1', bytes('two'))).toBe(false)
    expect(text(await store.read('part-1'))).toBe('one')
    await store.replace('part-1', bytes('three'))
    await store.create('part-0', bytes(''))
    await store.create('shards/part-2', bytes('below'))
    expect(text(await store.read('part-1'))).toBe('three')
    const listed = await all(store.list('part-'))
    expect(listed.map(({ name, size }) => [name, size])).toEqual([
      ['part-0', 0],
      ['part-1', 5],
    ])
    expect(Math.abs(Date.now() - listed[0]!.modified)).toBeLessThan(60_000)
    expect((await all(store.list('shards/')))[0]!.name).toBe('shards/part-2')
  })

  test('of many that create a file at the same time one does', async () => {
    const store = await open()
    const tries = Array.from({ length: 20 }, (_, i) => store.create('part', bytes(`writer ${i}`)))
    const created = await Promise.all(tries)
    expect(created.filter(Boolean)).toHaveLength(1)
    expect(text(await store.read('part'))).toBe(`writer ${created.indexOf(true)}`)
  })
})

describe('a folder', () => {
  test('has no unfinished files when all is written, and says what it could not write', async () => {
    const folder = await temporaryFolder()
    const store = new FolderStore(folder)
    await store.create('part', bytes('one'))
    await store.create('part', bytes('two'))
    expect(await readdir(folder)).toEqual(['part'])
    await writeFile(join(folder, 'file'), '')
    const failing = store.create('file/part', bytes('one'))
    await expect(failing).rejects.toThrow(/Could not write ".*file\/part": /)
    await expect(failing).rejects.toBeInstanceOf(StoreError)
  })
})

describe('S3', () => {
  test.each(['500', 'hang', 'lost'] as const)(
    'tries again where a request meets %s',
    async (fault) => {
      let left = 2
      const patience = { tries: 8, timeout: 1000, pause: 10 }
      const store = await s3Store(() => (left-- > 0 ? fault : 'none'), patience)
      const created = await store.create('part', bytes('data'))
      // After a lost answer it cannot be told who wrote it; it is there, whole.
      expect(created).toBe(fault !== 'lost')
      expect(text(await store.read('part'))).toBe('data')
    },
  )

  test('reads again what was cut off', async () => {
    let left = 2
    const store = await s3Store((kind) => (kind === 'GET' && left-- > 0 ? 'cut' : 'none'))
    const data = Buffer.alloc(500_000, 'x')
    await store.create('part', data)
    expect(Buffer.compare((await store.read('part'))!, data)).toBe(0)
  })

  test('reads no more of an object of unknown length than a picture may have', async () => {
    const { bytes } = READ_LIMITS
    Object.assign(READ_LIMITS, { bytes: 2 ** 23 })
    onTestFinished(() => void Object.assign(READ_LIMITS, { bytes }))
    const store = await s3Store(() => 'endless')
    await expect(store.read('part')).rejects.toThrow('it has more than 8 MiB')
    expect(stub!.requests.get('GET')).toBe(1)
  }, 60_000)

  test('gives up in the end, at once where it is not allowed', async () => {
    const failing = await s3Store(() => '500')
    await expect(failing.read('plan.json')).rejects.toBeInstanceOf(StoreError)
    expect(stub!.requests.get('GET')).toBe(4)
    await stub!.close()
    const forbidding = await s3Store(() => '403')
    await expect(forbidding.read('plan.json')).rejects.toBeInstanceOf(BatchError)
    expect(stub!.requests.get('GET')).toBe(1)
  })

  test('lists more than a page, and pictures below a prefix but none beside it', async () => {
    const store = await s3Store()
    for (let i = 0; i < 2500; i++) {
      const key = `bucket/run/part-${String(i).padStart(4, '0')}`
      stub!.objects.set(key, { data: bytes(''), modified: new Date() })
    }
    expect(await all(store.list('part-'))).toHaveLength(2500)
    for (const key of ['photos/a&b.jpg', 'photos/deep/1.jpg', 'photos-old/2.jpg']) {
      stub!.objects.set(`bucket/${key}`, { data: bytes(''), modified: new Date() })
    }
    expect(await all(listS3('s3://bucket/photos'))).toEqual([
      's3://bucket/photos/a&b.jpg',
      's3://bucket/photos/deep/1.jpg',
    ])
  })
})
