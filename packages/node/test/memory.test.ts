import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareScripts, runScript } from './support/run-script.ts'

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'retinaface-memory-'))
  await prepareScripts(['soak', 'crowd'], folder)
})
afterAll(() => rmSync(folder, { recursive: true }))

test('5,000 detections in one process leave memory flat', { timeout: 600_000 }, () => {
  const { memory, faces } = JSON.parse(runScript(folder, 'soak', '5000')) as {
    memory: number[]
    faces: number
  }
  expect(faces).toBeGreaterThan(5000)
  // The allocators settle during the first tenths.
  const early = Math.max(...memory.slice(1, 4))
  const late = Math.max(...memory.slice(-3))
  expect(late, `resident memory in MB: ${memory.map(Math.round)}`).toBeLessThan(early * 1.1 + 10)
})

test('96 megapixels of photos need less than 1.5 GB and give the faces of the single photos', {
  timeout: 600_000,
}, () => {
  const path = join(folder, 'crowd.jpg')
  runScript(folder, 'crowd', 'make', path)
  const result = JSON.parse(runScript(folder, 'crowd', 'detect', path)) as Record<string, number>
  expect(result.expected).toBe(352)
  expect(result).toMatchObject({ missing: 0, extra: 0 })
  expect(result.peakMegabytes).toBeLessThan(1500)
})
