import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type {} from '../../src/element.ts'
import { type RunningApp, runApp, samplePhoto, type Visit } from '../support/app-visit.ts'

let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.close())

async function visit(options?: Parameters<RunningApp['visit']>[0]): Promise<Visit> {
  const seen = await app.visit(options)
  onTestFinished(() => seen.close())
  return seen
}

const named = (name: string, content: Buffer | string) => ({
  name,
  mimeType: '',
  buffer: Buffer.from(content),
})

/** Drops files on the page, as a visitor does. */
async function drop({ page }: Visit, ...files: { name: string; buffer: Buffer }[]): Promise<void> {
  const sent = files.map(({ name, buffer }) => [name, buffer.toString('base64')] as const)
  const transfer = await page.evaluateHandle((contents) => {
    const data = new DataTransfer()
    for (const [name, text] of contents) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
      data.items.add(new File([bytes], name))
    }
    return data
  }, sent)
  await page.dispatchEvent('#stage', 'drop', { dataTransfer: transfer })
}

/** Mean of the canvas' samples, and how they vary: a blank picture varies by 0. */
function look({ page }: Visit): Promise<{ mean: number; spread: number }> {
  return page.evaluate(async () => {
    const { viewer } = document.querySelector('retinaface-viewer')!
    const bitmap = await createImageBitmap(await viewer!.screenshot())
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
    context.drawImage(bitmap, 0, 0)
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
    const mean = data.reduce((sum, x) => sum + x, 0) / data.length
    const spread = Math.sqrt(data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / data.length)
    return { mean, spread }
  })
}

test('a photo that is dropped shows its faces; all that is asked for is the page’s own', async () => {
  const seen = await visit()
  await seen.state('empty')
  await drop(seen, { name: 'friends.jpg', buffer: readFileSync(samplePhoto(5)) })
  await seen.state('loading')
  await seen.state('shown')
  expect(await seen.page.textContent('#status')).toBe('friends.jpg: 5 faces.')
  expect(await seen.page.locator('#face-list button').count()).toBe(6)
  const { spread } = await look(seen)
  expect(spread).toBeGreaterThan(20)
  expect(seen.complaints).toEqual([])
  expect(seen.strays).toEqual([])
})

test('scenes, materials, marks, faces and sliders change what is seen', async () => {
  const seen = await visit()
  const { page } = seen
  await page.setInputFiles('#files', samplePhoto(5))
  await seen.state('shown')
  const before: number[] = [(await look(seen)).mean]
  const changes = [
    () => page.getByLabel('Clay').check(),
    () => page.getByLabel('Over the photo').check(),
    () => page.getByLabel('Head axes').check(),
    () => page.getByLabel('Before and after').fill('0.5'),
    () => page.getByRole('button', { name: /^Face 2, score \d+ %/ }).click(),
    () => page.getByLabel('One face').check(),
    () => page.getByRole('button', { name: 'Turn left' }).click(),
    () => page.getByRole('button', { name: 'Come closer' }).click(),
    () =>
      page
        .locator('#latents summary')
        .click()
        .then(() => page.getByLabel('Shape 1').fill('2')),
    async () => {
      await page.locator('#expressions > summary').click()
      await page.getByText('Jaw', { exact: true }).click()
      await page.getByLabel('Jaw open').fill('1')
    },
    () => page.getByLabel('Shape 2').fill('2'),
  ]
  for (const change of changes) {
    await change()
    const { mean } = await look(seen)
    expect(mean).not.toBe(before.at(-1))
    before.push(mean)
  }
  await page.getByRole('button', { name: 'As it was' }).click()
  expect((await look(seen)).mean).not.toBe(before.at(-1))
  expect(await page.getAttribute('retinaface-viewer', 'material')).toBe('clay')
})

test('what is saved can be dropped again', async () => {
  const seen = await visit()
  const { page } = seen
  await page.click('#make-up')
  await seen.state('shown')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'GLB' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toBe('face-1.glb')
  const buffer = readFileSync(await saved.path())
  await drop(seen, { name: 'me.glb', buffer }, { name: 'twin.glb', buffer })
  await page.waitForFunction(() =>
    document.querySelector('#status')!.textContent!.includes('meshes'),
  )
  expect(await page.textContent('#status')).toBe('2 meshes: 2 faces.')
  expect((await look(seen)).spread).toBeGreaterThan(20)
  expect(await page.locator('input[value=overlay]').isDisabled()).toBe(true)
  const picture = page.waitForEvent('download')
  await page.getByRole('button', { name: 'PNG' }).click()
  expect((await picture).suggestedFilename()).toBe('faces.png')
})

test('no face: the photo is shown, and what to try', async () => {
  const seen = await visit()
  const size = { width: 320, height: 240 }
  const blank = await seen.page.evaluate(async ({ width, height }) => {
    const canvas = new OffscreenCanvas(width, height)
    const context = canvas.getContext('2d')!
    context.fillStyle = '#7a9'
    context.fillRect(0, 0, width, height)
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())
    return [...bytes]
  }, size)
  await seen.page.setInputFiles('#files', named('meadow.png', Buffer.from(blank)))
  await seen.state('no-faces')
  expect(await seen.page.locator('#no-faces').textContent()).toMatch(/None were found/)
  expect(await seen.page.textContent('#status')).toBe('meadow.png: no faces.')
  expect(await seen.page.getByRole('button', { name: 'GLB' }).isDisabled()).toBe(true)
})

test.each<[what: string, file: ReturnType<typeof named>, said: RegExp]>([
  [
    'a broken photo',
    named('holiday.jpg', 'not a photo'),
    /“holiday\.jpg” could not be read\. It is damaged/,
  ],
  ['an empty file', named('empty.png', ''), /“empty\.png” is empty/],
  [
    'a cut GLB',
    named('cut.glb', 'glTF\u0002\u0000\u0000\u0000'),
    /“cut\.glb” could not be read\. It should be a GLB .* cut short/,
  ],
  [
    'cut JSON',
    named('cut.json', '{"file": "a.jpg", "faces": ['),
    /“cut\.json” is not JSON\. It may be cut short/,
  ],
  ['other JSON', named('other.json', '{"hello": 1}'), /not a result of “retinaface detect”/],
  [
    'results without meshes',
    named(
      'plain.json',
      JSON.stringify({ file: 'a.jpg', width: 9, height: 9, faces: [{ box: [1, 2, 3, 4] }] }),
    ),
    /faces without meshes\. Run “retinaface detect” again with --mesh/,
  ],
])('%s: a readable error, and the page goes on', async (_, file, said) => {
  const seen = await visit()
  await drop(seen, file)
  const problem = seen.page.locator('#problems')
  await problem.waitFor()
  expect((await problem.locator('h2, p').allTextContents()).join(' ')).toMatch(said)
  await seen.state('empty')
  await problem.getByRole('button', { name: 'Close' }).click()
  expect(await problem.isVisible()).toBe(false)
  await seen.page.click('#make-up')
  await seen.state('shown')
})

test('an error leaves what was shown, and what else was dropped is shown', async () => {
  const seen = await visit()
  await drop(seen, named('broken.jpg', 'no'), {
    name: 'me.jpg',
    buffer: readFileSync(samplePhoto(5)),
  })
  await seen.state('shown')
  expect(await seen.page.textContent('#status')).toBe('me.jpg: 5 faces.')
  expect(await seen.page.locator('#problems').textContent()).toMatch(/broken\.jpg/)
})

test('looking for faces can be cancelled', async () => {
  const seen = await visit()
  await seen.page.setInputFiles('#files', samplePhoto(5))
  await seen.state('loading')
  await seen.page.getByRole('button', { name: 'Cancel' }).click()
  await seen.state('empty')
  expect(await seen.page.locator('#problems').isVisible()).toBe(false)
})

test('without WebGL the application draws in software, and says so', async () => {
  const seen = await visit()
  await seen.page.addInitScript(() => {
    const { getContext } = HTMLCanvasElement.prototype
    Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', {
      value(this: HTMLCanvasElement, kind: string, ...options: never[]) {
        return kind === 'webgl2' ? null : Reflect.apply(getContext, this, [kind, ...options])
      },
    })
  })
  await seen.page.reload()
  await seen.page.click('#make-up')
  await seen.state('shown')
  expect(await seen.page.textContent('#status')).toMatch(/Drawn without WebGL/)
  expect((await look(seen)).spread).toBeGreaterThan(20)
})
