import { open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fc, test as property } from '@fast-check/vitest'
import { beforeAll, expect, test } from 'vitest'
import { linesOf } from '../../src/files/lines-of.ts'
import { type Finished, readFinished } from '../../src/output/finished-pictures.ts'
import { temporaryFolder } from '../sample-pictures.ts'

let path: string

beforeAll(async () => {
  path = join(await temporaryFolder(), 'results.ndjson')
})

async function read(): Promise<Finished> {
  const file = await open(path, 'a+')
  try {
    return await readFinished(file)
  } finally {
    await file.close()
  }
}

const lines = ['ä.jpg', 'b\n.jpg', 'c'.repeat(70_000)].map(
  (file) => `${JSON.stringify({ file })}\n`,
)
const content = Buffer.from(lines.join(''))

property.prop([fc.nat({ max: content.length })])(
  'a file cut at any byte keeps its whole lines and can be appended to',
  async (length) => {
    await writeFile(path, content.subarray(0, length))
    const { pictures, damaged } = await read()
    const repaired = await readFile(path, 'utf8')
    expect(repaired === '' || repaired.endsWith('\n')).toBe(true)
    const files = repaired
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line).file)
    expect([...pictures]).toEqual(files)
    expect(damaged).toEqual([])
    const whole = content.subarray(0, length).toString('latin1').split('\n').length - 1
    expect(files.length).toBeGreaterThanOrEqual(whole)
    expect(content.toString().startsWith(repaired)).toBe(true)
  },
)

test('the files that entries name are known, and odd entries have none', async () => {
  const entries = [
    { file: 'a', faces: [{ crop: 'a-1.png' }, { files: ['a-2.glb', 'a-2-turntable/001.png'] }] },
    { file: 'b', overlay: 'b-overlay.jpg', faces: [] },
    ...[null, 5, {}, [null, 5, { crop: 5, files: {} }]].map((faces) => ({ file: 'c', faces })),
  ]
  await writeFile(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
  const { outputs } = await read()
  expect(outputs).toEqual(['a-1.png', 'a-2.glb', 'a-2-turntable/001.png', 'b-overlay.jpg'])
})

test('damage in the middle is counted, and neither it nor text of others is cut', async () => {
  const damaged = `${lines[0]}{"file":"b.jp\u0000\u0000\n\n${lines[2]}my notes`
  await writeFile(path, damaged)
  const finished = await read()
  expect([...finished.pictures]).toEqual(['ä.jpg', 'c'.repeat(70_000)])
  expect(finished.damaged).toEqual([2, 3, 5])
  expect(await readFile(path, 'utf8')).toBe(`${damaged}\n`)
})

test('a line that is longer than is kept passes by, whole or cut', async () => {
  await writeFile(path, `short\n${'x'.repeat(200_000)}\n\nlast${'y'.repeat(100)}`)
  const file = await open(path)
  const found: [string | undefined, number, boolean][] = []
  for await (const { text, length, isTerminated } of linesOf(file, 100)) {
    found.push([text, length, isTerminated])
  }
  await file.close()
  expect(found).toEqual([
    ['short', 6, true],
    [undefined, 200_001, true],
    ['', 1, true],
    [undefined, 104, false],
  ])
})

test('the bytes of a line are copied once, however many pieces it comes in', async () => {
  await writeFile(path, 'x'.repeat(4_000_000))
  const file = await open(path)
  const copied: number[] = []
  const { concat } = Buffer
  Buffer.concat = (parts, ...rest) => {
    copied.push(parts.reduce((sum, part) => sum + part.length, 0))
    return concat(parts, ...rest)
  }
  try {
    for await (const { length } of linesOf(file, 2 ** 28)) expect(length).toBe(4_000_000)
  } finally {
    Buffer.concat = concat
    await file.close()
  }
  expect(copied.reduce((sum, bytes) => sum + bytes)).toBe(4_000_000)
})
