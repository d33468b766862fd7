import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fc, test as property } from '@fast-check/vitest'
import { beforeAll, expect, test } from 'vitest'
import { readFinished } from '../../src/run/finished-pictures.ts'
import { temporaryFolder } from '../sample-pictures.ts'

let path: string

beforeAll(async () => {
  path = join(await temporaryFolder(), 'results.ndjson')
})

const lines = ['ä.jpg', 'b\n.jpg', 'c'.repeat(70_000)].map(
  (file) => `${JSON.stringify({ file })}\n`,
)
const content = Buffer.from(lines.join(''))

test('a file that is not there has no finished pictures', async () => {
  expect(await readFinished(`${path}.none`)).toEqual({ pictures: new Set(), outputs: [] })
})

property.prop([fc.nat({ max: content.length })])(
  'a file cut at any byte keeps its whole lines and can be appended to',
  async (length) => {
    await writeFile(path, content.subarray(0, length))
    const { pictures } = await readFinished(path)
    const repaired = await readFile(path, 'utf8')
    expect(repaired === '' || repaired.endsWith('\n')).toBe(true)
    const files = repaired
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line).file)
    expect([...pictures]).toEqual(files)
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
  const { outputs } = await readFinished(path)
  expect(outputs).toEqual(['a-1.png', 'a-2.glb', 'a-2-turntable/001.png', 'b-overlay.jpg'])
})
