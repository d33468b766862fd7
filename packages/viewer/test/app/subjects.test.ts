import { encodePng, writeGlb } from '@retinaface/mesh-decoder'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type {} from '../../src/element.ts'
import { type RunningApp, runApp, type Visit } from '../support/app-visit.ts'
import { resultsOf } from '../support/results-of.ts'

const size = { width: 64, height: 48 }
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.close())

async function visit(): Promise<Visit> {
  const seen = await app.visit()
  onTestFinished(() => seen.close())
  return seen
}

const named = (name: string, content: Uint8Array | string) => ({
  name,
  mimeType: '',
  buffer: Buffer.from(content),
})

function photo(name: string, { width, height } = size) {
  const data = new Uint8Array(width * height * 3).fill(90)
  return named(name, encodePng({ data, width, height, channels: 3 }))
}

const two = named('two.json', resultsOf([{ file: 'a.png' }, { file: 'b.png' }], size))

/** What is open, what is said about it, and whether it is over its photo. */
function look({ page }: Visit) {
  return page.evaluate(() => {
    const { options } = document.querySelector<HTMLSelectElement>('#subjects')!
    const { image } = document.querySelector('retinaface-viewer')!
    return {
      pictures: [...options].map(({ text }) => text),
      status: document.querySelector('#status')!.textContent,
      hasPhoto: image !== undefined && image.width > 0,
    }
  })
}

/** Holds up the decoder's weights until the returned function is called. */
async function holdDecoder(page: Visit['page']): Promise<() => void> {
  let letGo = () => {}
  const isLetGo = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route(/mesh-decoder.*\.safetensors/, (route) => isLetGo.then(() => route.continue()))
  return letGo
}

test('a photo that is still read when another picture is chosen goes to its own', async () => {
  const seen = await visit()
  const { page } = seen
  await page.setInputFiles('#files', two)
  await seen.state('shown')
  await page.evaluate(() => {
    const { createImageBitmap } = window
    const isLetGo = new Promise((resolve) => addEventListener('letgo', resolve))
    Object.assign(window, {
      createImageBitmap: (...args: [ImageBitmapSource]) =>
        isLetGo.then(() => createImageBitmap(...args)),
    })
  })
  await page.setInputFiles('#photo', photo('a.png'))
  await seen.state('loading')
  await page.selectOption('#subjects', { index: 1 })
  expect(await page.getAttribute('body', 'data-state')).toBe('loading')
  await page.evaluate(() => dispatchEvent(new Event('letgo')))
  await seen.state('shown')
  const pictures = ['a.png: 1 face', 'b.png: 1 face']
  expect(await look(seen)).toEqual({ pictures, status: 'b.png: 1 face.', hasPhoto: false })
  await page.selectOption('#subjects', { index: 0 })
  expect(await look(seen)).toEqual({ pictures, status: 'a.png: 1 face.', hasPhoto: true })
})

test('results that cannot be shown leave what was, with its photo', async () => {
  const seen = await visit()
  const { page } = seen
  const good = named('good.json', resultsOf([{ file: 'good.png' }], size))
  await page.setInputFiles('#files', [good, photo('good.png')])
  await seen.state('shown')
  const before = await look(seen)
  expect(before.hasPhoto).toBe(true)
  const bad = resultsOf([{ file: 'bad.png', push: 1e300 }], size)
  await page.setInputFiles('#files', named('bad.json', bad))
  await page.locator('#problems').waitFor()
  expect(await page.textContent('#problems')).toMatch(/“bad\.png” are damaged/)
  expect(await look(seen)).toEqual(before)
})

test('a picture that cannot be shown is told when it is chosen, and the other one stays', async () => {
  const seen = await visit()
  const { page } = seen
  // Finite, but its camera would have to be farther away than numbers go.
  const positions = Float32Array.of(0, 0, 0, 1e38, 0, 0, 0, 1e38, 0)
  const huge = named('huge.glb', writeGlb({ positions, triangles: Int32Array.of(0, 1, 2) }))
  await page.setInputFiles('#files', [two, huge])
  await seen.state('shown')
  const before = await look(seen)
  await page.selectOption('#subjects', { index: 2 })
  await page.locator('#problems').waitFor()
  expect(await look(seen)).toEqual(before)
  expect(await page.inputValue('#subjects')).toBe('a.png: 1 face')
})

test('a photo of another size, and a damaged picture, leave the rest of the results', async () => {
  const seen = await visit()
  const { page } = seen
  const pictures = [{ file: 'a.png' }, { file: 'bad.png', push: 1e300 }, { file: 'b.png' }]
  const results = named('three.json', resultsOf(pictures, size))
  const wrong = photo('a.png', { width: 20, height: 20 })
  await page.setInputFiles('#files', [results, wrong, photo('b.png')])
  await seen.state('shown')
  const problems = await page.locator('#problems h2').allTextContents()
  expect(problems).toEqual([
    '“a.png” is not the photo of these results.',
    'The results of “bad.png” are damaged.',
  ])
  const open = ['a.png: 1 face', 'b.png: 1 face']
  expect(await look(seen)).toMatchObject({ pictures: open, hasPhoto: false })
  await page.selectOption('#subjects', { index: 1 })
  expect(await look(seen)).toMatchObject({ hasPhoto: true })
})

test('loading the decoder can be cancelled, and what was read is dropped', async () => {
  const seen = await visit()
  const { page } = seen
  const letGo = await holdDecoder(page)
  await page.setInputFiles('#files', two)
  await seen.state('loading')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await seen.state('empty')
  const loaded = page.waitForResponse(/mesh-decoder.*\.safetensors/)
  letGo()
  await (await loaded).finished()
  await page.click('#make-up')
  await seen.state('shown')
  expect(await look(seen)).toMatchObject({ status: 'Made-up faces: 5 faces.' })
})

test('the keyboard’s focus goes on where the control that had it goes away', async () => {
  const seen = await visit()
  const { page } = seen
  const focused = () => page.evaluate(() => document.activeElement!.id)
  const letGo = await holdDecoder(page)
  await page.setInputFiles('#files', two)
  await seen.state('loading')
  await page.focus('#cancel')
  letGo()
  await seen.state('shown')
  expect(await focused()).toBe('viewer')
  await page.focus('#photo')
  await page.setInputFiles('#photo', photo('a.png'))
  await page.locator('#photo-wanted').waitFor({ state: 'hidden' })
  expect(await focused()).toBe('viewer')
})
