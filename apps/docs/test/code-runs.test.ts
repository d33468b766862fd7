import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mnet025V1 } from '@retinaface/models/research'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCodeBlocks } from './support/code-blocks.ts'
import { prepareCode, runCode } from './support/run-code.ts'
import { samplePhoto } from './support/sample-photo.ts'

const folder = mkdtempSync(join(tmpdir(), 'retinaface-code-'))
const forNode = readCodeBlocks().filter(({ code }) => /from '(@retinaface\/node|node:)/.test(code))
const blocks = forNode.filter(({ notRun }) => notRun === undefined)

/** What a reader has beside the code: a photo, a folder of photos, a video, and a network. */
beforeAll(async () => {
  mkdirSync(join(folder, 'photos'))
  for (const number of [3, 5] as const) {
    await sharp(samplePhoto(number))
      .resize(960)
      .toFile(join(folder, `photos/${number}.jpg`))
  }
  cpSync(samplePhoto(5), join(folder, 'photo.jpg'))
  const still = ['-loop', '1', '-i', join(folder, 'photos/3.jpg'), '-frames:v', '6']
  const video = ['-vf', 'scale=480:-2,format=yuv420p', join(folder, 'party.mp4')]
  execFileSync('ffmpeg', ['-v', 'error', ...still, ...video])
  cpSync(mnet025V1.url, join(folder, 'my-retinaface.onnx'))
  await prepareCode(folder, blocks)
})
afterAll(() => rmSync(folder, { recursive: true }))

test('most blocks for Node.js are run', () => {
  expect(blocks.length).toBeGreaterThan(forNode.length / 2)
})

test.for(blocks.map((block, i) => ({ ...block, i })))(
  '$place runs, and prints what the page says',
  async ({ i, output }) => {
    const printed = await runCode(folder, i)
    expect(printed.stderr).toBe('')
    if (output) expectNearly(printed.stdout, output)
  },
)

/** The same text; its numbers may differ a little from one processor to another. */
function expectNearly(printed: string, output: string): void {
  const number = /-?\d+(\.\d+)?/g
  const [words, expectedWords] = [printed, output].map((text) =>
    text.trim().replaceAll(number, '#').replaceAll(/\s+/g, ' '),
  )
  expect(words).toBe(expectedWords)
  const expected = output.match(number) ?? []
  for (const [i, value] of (printed.match(number) ?? []).entries()) {
    const difference = Math.abs(Number(value) - Number(expected[i]))
    expect(difference, printed).toBeLessThan(5 + 0.02 * Math.abs(Number(value)))
  }
}
