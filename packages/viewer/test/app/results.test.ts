import { execFile } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { bundleForNode } from '../../../../fixtures/bundle-for-node.ts'
import type {} from '../../src/element.ts'
import { type RunningApp, runApp, samplePhoto, type Visit } from '../support/app-visit.ts'

const folder = mkdtempSync(join(tmpdir(), 'retinaface-results-'))
const photo = join(folder, 'table.jpg')
const results = join(folder, 'table.json')
let app: RunningApp

beforeAll(async () => {
  copyFileSync(samplePhoto(5), photo)
  const main = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url))
  await bundleForNode({ main }, folder)
  const options = ['detect', photo, '--mesh', '--json', '--output', results]
  await promisify(execFile)(process.execPath, [join(folder, 'main.mjs'), ...options])
  app = await runApp()
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

async function visit(): Promise<Visit> {
  const seen = await app.visit()
  onTestFinished(() => seen.close())
  return seen
}

/** The shape of the first face that is shown, as the viewer exports it. */
function firstVertices({ page }: Visit): Promise<string> {
  return page.evaluate(async () => {
    const [obj] = await document.querySelector('retinaface-viewer')!.viewer!.exportFace('obj', 0)
    return obj!.blob.text()
  })
}

function verticesOf(obj: string): number[] {
  return [...obj.matchAll(/^v (\S+) (\S+) (\S+)/gm)].flatMap((row) => row.slice(1, 4).map(Number))
}

test('results of the command line show the faces that the photo shows', async () => {
  const seen = await visit()
  await seen.page.setInputFiles('#files', photo)
  await seen.state('shown')
  const found = verticesOf(await firstVertices(seen))
  await seen.page.setInputFiles('#files', results)
  await seen.page.locator('#photo-wanted').waitFor()
  expect(await seen.page.textContent('#status')).toBe('table.jpg: 5 faces.')
  const written = verticesOf(await firstVertices(seen))
  expect(written).toHaveLength(1833 * 3)
  const farthest = written.reduce((far, x, i) => Math.max(far, Math.abs(x - found[i]!)), 0)
  // Centimetres on a head. Browser and Node round differently, and results are rounded.
  expect(farthest).toBeLessThan(0.2)
})

test('their photo can be added, and another one is refused by its size', async () => {
  const seen = await visit()
  const { page } = seen
  await page.setInputFiles('#files', results)
  await seen.state('shown')
  expect(await page.getByLabel('Over the photo').isDisabled()).toBe(true)
  await page.setInputFiles('#photo', samplePhoto(1))
  await page.locator('#problems').waitFor()
  expect(await page.locator('#problems').textContent()).toMatch(/not the photo of these results/)
  await page.setInputFiles('#photo', photo)
  await page.locator('#photo-wanted').waitFor({ state: 'hidden' })
  expect(await page.getByLabel('Over the photo').isDisabled()).toBe(false)
  expect(await page.locator('#problems').isVisible()).toBe(false)
})

test('results and photo that come together belong together, and lines of several make a choice', async () => {
  const seen = await visit()
  const { page } = seen
  await page.setInputFiles('#files', [results, photo])
  await seen.state('shown')
  expect(await page.getByLabel('Over the photo').isDisabled()).toBe(false)
  const [entry] = [JSON.parse(readFileSync(results, 'utf8'))].flat()
  const lines = [entry, { ...entry, file: 'other.jpg', faces: entry.faces.slice(0, 2) }]
  const buffer = Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'))
  await page.setInputFiles('#files', { name: 'two.ndjson', mimeType: '', buffer })
  await page.locator('#picture-choice').waitFor()
  await page.getByLabel('Picture', { exact: true }).selectOption('other.jpg: 2 faces')
  expect(await page.textContent('#status')).toBe('other.jpg: 2 faces.')
  expect(await page.locator('#face-list button').count()).toBe(3)
})
