import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { s3Environment, startS3Stub } from '../../../batch/test/support/s3-stub.ts'
import { runCli } from '../run-cli.ts'
import { smallPhoto, temporaryFolder, tinyPicture } from '../sample-pictures.ts'

let folder: string

beforeAll(async () => {
  folder = await temporaryFolder()
  await mkdir(join(folder, 'in/deep'), { recursive: true })
  await writeFile(join(folder, 'in/photo.jpg'), await smallPhoto())
  await writeFile(join(folder, 'in/deep/empty.jpg'), '')
  await writeFile(join(folder, 'in/deep/plain.jpg'), await tinyPicture())
})

const run = (args: readonly string[], options: Parameters<typeof runCli>[1] = {}) =>
  runCli(args, { cwd: folder, built: true, ...options })

async function rowsOf(output: string) {
  const names = (await readdir(join(folder, output))).filter((name) =>
    /^part-.*\d\.?.*ndjson$/.test(name),
  )
  const parts = names.filter((name) => !name.endsWith('.errors.ndjson')).sort()
  const texts = await Promise.all(parts.map((name) => readFile(join(folder, output, name), 'utf8')))
  return texts.flatMap((text) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  )
}

const quick = ['--format', 'ndjson', '--no-pose', '--threads', '1']

describe('batch', () => {
  test('writes parts, tells the failed, goes on, and status counts', async () => {
    const args = ['batch', 'in', '--output', 'out', '--shard-size', '2', ...quick]
    const first = await run(args)
    expect(first.stderr).toContain('2 done, 1 failed, 3 faces')
    expect(first.code).toBe(1)
    const rows = await rowsOf('out')
    expect(rows.map(({ file, face }) => [file, face])).toEqual([
      ['in/deep/empty.jpg', null],
      ['in/deep/plain.jpg', null],
      ['in/photo.jpg', 1],
      ['in/photo.jpg', 2],
      ['in/photo.jpg', 3],
    ])
    const plan = JSON.parse(await readFile(join(folder, 'out/plan.json'), 'utf8'))
    await rm(join(folder, `out/part-${plan.shards[1]}.ndjson`))
    const status = await run(['status', 'out', '--json'])
    expect(JSON.parse(status.stdout)).toMatchObject({
      shards: { total: 2, done: 1 },
      pictures: { total: 3, done: 2, failed: 1, waiting: 1 },
    })
    const second = await run(['batch', '--output', 'out', '--threads', '1'])
    expect(second.stderr).toContain('1 done, 0 failed, 2 skipped, 3 faces')
    expect(second.code).toBe(0)
    expect(await rowsOf('out')).toEqual(rows)
    expect((await run(['status', 'out'])).stdout).toContain(
      '3 of 3 done, 1 of them failed, 0 waiting',
    )
  })

  test('takes a list, and two tasks share it', async () => {
    const input = Buffer.from('in/photo.jpg\r\nin/deep/plain.jpg\nin/missing.jpg\n')
    const args = ['batch', '-', '--output', 'list', '--shard-size', '1', ...quick]
    const codes = []
    for (const index of ['0', '1']) {
      const shares = ['--shard-index', index, '--shard-count', '2']
      codes.push((await run([...args, ...shares], { input })).code)
    }
    expect(codes).toEqual([1, 0])
    const rows = await rowsOf('list')
    expect(rows.map(({ file }) => file)).toEqual([
      ...['in/photo.jpg', 'in/photo.jpg', 'in/photo.jpg'],
      ...['in/deep/plain.jpg', 'in/missing.jpg'],
    ])
    const other = await run(args, { input: Buffer.from('in/photo.jpg\n') })
    expect(other.stderr).toContain('holds another run: its pictures are others')
    expect(other.code).toBe(2)
  })

  test('reads pictures from a bucket and writes parts to one', async () => {
    const stub = await startS3Stub()
    const put = (key: string, data: Buffer) => stub.objects.set(key, { data, modified: new Date() })
    put('photos/a/1.jpg', await smallPhoto())
    put('photos/a/notes.txt', Buffer.from('no picture'))
    put('photos/b.jpg', Buffer.from('broken'))
    const env = s3Environment(stub.url)
    const { code, stderr } = await run(
      ['batch', 's3://photos', '--output', 's3://faces/run', ...quick],
      { env },
    )
    expect(stderr).toContain('1 done, 1 failed, 3 faces')
    expect(code).toBe(1)
    const parts = [...stub.objects.keys()].filter((key) => key.startsWith('faces/run/part-'))
    expect(parts.sort().map((key) => key.replace(/-\w{10}\./, '.'))).toEqual([
      'faces/run/part-000000.errors.ndjson',
      'faces/run/part-000000.ndjson',
    ])
    const rows = stub.objects.get(parts.find((key) => !key.includes('errors'))!)!.data.toString()
    const files = rows
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).file)
    expect(new Set(files)).toEqual(new Set(['s3://photos/a/1.jpg', 's3://photos/b.jpg']))
    await stub.close()
  })

  test.each([
    [['batch', '--output', 'nothing'], /There is no run in .*nothing to go on with/],
    [
      ['batch', 'in', '--output', 'x', '--shard-index', '1'],
      /--shard-index and --shard-count together/,
    ],
    [['batch', 'in', '--output', 'x', '--detach'], /--detach needs --queue/],
    [['batch', 'in', '--output', 'x', '--model', 'mnet025-v1'], /makes no meshes/],
    [['batch', 'in', '--output', 'x', '--queue', 'http://a'], /Expected redis:\/\/host:port/],
    [['work', '--queue', 'redis://127.0.0.1:1'], /Redis at 127.0.0.1:1 does not answer/],
    [['status', 'in'], /There is no run in/],
  ])('%j is told to the user', async (args, message) => {
    const { code, stderr } = await run(args)
    expect(stderr).toMatch(message)
    expect(stderr).not.toContain('    at ')
    expect(code).toBe(2)
    expect(await readdir(folder)).not.toContain('nothing')
  })
})
