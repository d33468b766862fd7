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
  expect(await readFinished(`${path}.none`)).toEqual(new Set())
})

property.prop([fc.nat({ max: content.length })])(
  'a file cut at any byte keeps its whole lines and can be appended to',
  async (length) => {
    await writeFile(path, content.subarray(0, length))
    const finished = await readFinished(path)
    const repaired = await readFile(path, 'utf8')
    expect(repaired === '' || repaired.endsWith('\n')).toBe(true)
    const files = repaired
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line).file)
    expect([...finished]).toEqual(files)
    const whole = content.subarray(0, length).toString('latin1').split('\n').length - 1
    expect(files.length).toBeGreaterThanOrEqual(whole)
    expect(content.toString().startsWith(repaired)).toBe(true)
  },
)
