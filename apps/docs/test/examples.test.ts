import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { createRetinaFace, intersectionOverUnion } from '@retinaface/node'
import type { Download } from 'playwright'
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js'
import { afterEach, expect, test } from 'vitest'
import { filmFaces, frameTimes, pictureOf, soundOf } from './support/film.ts'
import { makeVrm } from './support/make-vrm.ts'
import { type Visit, visit } from './support/visit.ts'
import { watchCamera } from './support/watch-camera.ts'

let seen: Visit

afterEach(async () => {
  expect(seen.complaints).toEqual([])
  const origin = new URL(seen.page.url()).origin
  expect(seen.requests.filter((url) => !isOwn(url, origin))).toEqual([])
  await seen.close()
})

function isOwn(url: string, origin: string): boolean {
  return url.startsWith(`${origin}/`) || url.startsWith(`blob:${origin}/`)
}

/** Opens an example whose samples are a real photo, and waits for what it says. */
async function run(
  name: string,
  sample: Parameters<Visit['upload']>[0],
  says: RegExp,
): Promise<string> {
  seen = await visit(`/examples/${name}`, { sample })
  return seen.statusLike(says)
}

/** Leaves by a link of the site, which keeps the page, and waits until nothing is left running. */
async function leave(): Promise<void> {
  const { page } = seen
  await page.locator('.VPNavBarTitle a').click()
  await page.locator('.home-page').waitFor()
  await expect.poll(seen.detectorWorkers, { timeout: 20_000 }).toBe(0)
}

async function setSlider(label: string, value: number): Promise<void> {
  await seen.page.locator('.example-slider', { hasText: label }).locator('input').fill(`${value}`)
}

function numbers(text: string): number[] {
  return (text.match(/\d+(\.\d+)?/g) ?? []).map(Number)
}

/** The pixels of the example's canvas. */
async function pixels(selector: string): Promise<string> {
  return seen.page.locator(selector).evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
}

test('photo: finds the faces of photos, and hides what is not ticked', async () => {
  await run('photo', 6, /^4 faces in/)
  await seen.upload(3)
  await seen.statusLike(/^3 faces in .*, meshes in /)
  const drawn = await pixels('.example-picture')
  await seen.page.getByLabel('Meshes').uncheck()
  expect(await pixels('.example-picture')).not.toBe(drawn)
  expect(await seen.detectorWorkers()).toBeGreaterThan(0)
  await leave()
})

test('photo: says so when a file is no picture, and goes on', async () => {
  await run('photo', 6, /^4 faces in/)
  const file = { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a picture') }
  await seen.page.setInputFiles('.example-file input', file)
  await seen.statusLike(/could not be read/)
  await seen.upload(3)
  await seen.statusLike(/^3 faces in/)
})

test('photo: leaving while it loads stops it', async () => {
  seen = await visit('/examples/photo')
  await leave()
})

test('webcam: follows the two faces before the camera, and turns it off on leaving', async () => {
  seen = await visit('/examples/webcam')
  const states = await watchCamera(seen.page)
  await seen.page.getByRole('button', { name: 'Start the camera' }).click()
  await seen.statusLike(/^2 faces, [1-9]\d* pictures a second/)
  expect(await states()).toEqual(['live'])
  expect(await seen.detectorWorkers()).toBe(1)
  await leave()
  expect(await states()).toEqual(['ended'])
})

test('avatar: the camera drives the head and a VRM file, and what they do is saved', async () => {
  seen = await visit('/examples/avatar')
  const { page } = seen
  await seen.statusLike(/camera starts/)
  const canvas = page.locator('.example-viewer canvas')
  const shot = async () => (await canvas.screenshot()).toString('base64')
  const resting = await shot()
  await page.getByRole('button', { name: 'Start the camera' }).click()
  await seen.statusLike(/^2 faces, \d+ pictures a second/)
  expect(await shot()).not.toBe(resting)
  await page.getByRole('button', { name: 'Record' }).click()
  await page.waitForTimeout(4000)
  const downloads: Download[] = []
  page.on('download', (download) => downloads.push(download))
  await page.getByRole('button', { name: 'Stop and save' }).click()
  await expect.poll(() => downloads.length).toBe(2)
  const bytesOf = async (name: string) => {
    const download = downloads.find((one) => one.suggestedFilename() === name)!
    return buffer(await download.createReadStream())
  }
  const [header, ...rows] = (await bytesOf('take.csv')).toString().trim().split('\n')
  expect(header).toMatch(/^Timecode,BlendShapeCount,EyeBlinkLeft,/)
  expect(rows.length).toBeGreaterThan(10)
  const glb = await bytesOf('take.glb')
  const { animations, scene } = await new GLTFLoader().parseAsync(new Uint8Array(glb).buffer, '')
  expect(animations[0]!.tracks).toHaveLength(2)
  expect(animations[0]!.duration).toBeGreaterThan(0)
  expect(scene.getObjectByName('face')).toBeDefined()
  for (const [version, opens] of [
    [1, 'aa'],
    [0, 'aa'],
    [0, 'JawOpen'],
  ] as const) {
    const name = `${version}-${opens}.vrm`
    const buffer = makeVrm({ version, opens })
    await page.setInputFiles('.example-file input', { name, mimeType: '', buffer })
    await page.getByText(`Shown: ${name}`).waitFor()
    const looks = new Set<string>()
    await expect.poll(async () => looks.add(await shot()).size).toBeGreaterThan(1)
  }
  const broken = { name: 'broken.vrm', mimeType: '', buffer: Buffer.from('glTF') }
  await page.setInputFiles('.example-file input', broken)
  await page.getByText('broken.vrm could not be read as a VRM avatar').waitFor()
  await leave()
})

test('blur-video: every face is hidden in every frame, and sound and times stay', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'retinaface-film-'))
  const [film, hidden] = [join(folder, 'film.webm'), join(folder, 'hidden.webm')]
  filmFaces(12, film)
  seen = await visit('/examples/blur-video')
  const { page } = seen
  await seen.statusLike(/stays on your machine/)
  const broken = { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.from('no film') }
  await page.setInputFiles('.example-file input', broken)
  await seen.statusLike(/no video that can be read/)
  await page.setInputFiles('.example-file input', film)
  await seen.statusLike(/^3 faces hidden/)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the video' }).click()
  await (await download).saveAs(hidden)
  expect((await download).suggestedFilename()).toBe('hidden-faces.webm')
  expect(frameTimes(hidden)).toEqual(frameTimes(film))
  expect(soundOf(hidden)).toBe(soundOf(film))
  const retinaface = await createRetinaFace()
  for (const frame of [0, 1, 6, 11]) {
    const faces = await retinaface.detect(pictureOf(film, frame))
    expect(faces.length).toBeGreaterThan(1)
    const left = await retinaface.detect(pictureOf(hidden, frame), { scoreThreshold: 0.2 })
    const overlaps = left.flatMap(({ box }) =>
      faces.map((face) => intersectionOverUnion(face.box, 0, box, 0)),
    )
    expect(Math.max(0, ...overlaps)).toBeLessThan(0.5)
  }
  await retinaface.dispose()
  await page.evaluate(() => Reflect.deleteProperty(globalThis, 'VideoEncoder'))
  await page.setInputFiles('.example-file input', film)
  await seen.statusLike(/no WebCodecs/)
  expect(await page.getByRole('button', { name: 'Save the video' }).isDisabled()).toBe(true)
  rmSync(folder, { recursive: true })
  await leave()
})

test('anchors: the cell of the best face has a high score; arrow keys and the pointer move', async () => {
  await run('anchors', 5, /Row \d+, column \d+/)
  await seen.statusLike(/0\.9\d|1\.00/)
  const [row, column] = numbers(await seen.status())
  const canvas = seen.page.locator('.example-picture')
  await canvas.press('ArrowRight')
  await seen.statusLike(new RegExp(`Row ${row}, column ${column! + 1}\\.`))
  await canvas.hover({ position: { x: 3, y: 3 } })
  await seen.statusLike(/Row 0, column 0\..*(under 0\.02|0\.[01]\d)\./)
  await leave()
})

test('anchors: beside a square picture, which leaves margins, the pointer is where it is seen', async () => {
  seen = await visit('/examples/anchors')
  await seen.statusLike(/Row \d+/)
  const canvas = seen.page.locator('.example-picture')
  await seen.page.getByRole('button', { name: 'Sample: one face' }).click()
  await expect.poll(() => canvas.evaluate(({ width }: HTMLCanvasElement) => width)).toBe(512)
  await seen.statusLike(/0\.9\d|1\.00/)
  await seen.page.getByLabel('Stride').selectOption('32')
  // Of 20 rows and columns. The place is measured each time: text about the canvas comes and goes, and
  // the picture before may not be done with, whose best cell has a high score too.
  const pointedAt = async (share: number) => {
    const { width, height } = (await canvas.boundingBox())!
    expect(width - height).toBeGreaterThan(100)
    const x = width / 2 + (share - 0.5) * height
    await canvas.hover({ position: { x: x - 50, y: share * height } })
    await canvas.hover({ position: { x, y: share * height } })
    return seen.status()
  }
  await expect.poll(() => pointedAt(0.78)).toMatch(/Row 15, column 15\./)
  await expect.poll(() => pointedAt(0.02)).toMatch(/Row 0, column 0\./)
})

test('thresholds: the defaults leave the three faces; each slider changes what is kept', async () => {
  await run('thresholds', 3, / 3 faces kept$/)
  const [all, scored, kept] = numbers(await seen.status()) as [number, number, number]
  expect(all).toBeGreaterThan(scored)
  expect(scored).toBeGreaterThan(kept)
  await setSlider('nmsThreshold', 1)
  await seen.statusLike(new RegExp(`${scored} faces kept`))
  await setSlider('scoreThreshold', 0.02)
  await seen.statusLike(new RegExp(`${all} faces kept`))
  await leave()
})

test('alignment: every face becomes a crop of twice 112 pixels', async () => {
  await run('alignment', 6, /^4 faces aligned/)
  const sizes = await seen.page
    .locator('.example-crops canvas')
    .evaluateAll((all) => (all as HTMLCanvasElement[]).map(({ width, height }) => [width, height]))
  expect(sizes).toEqual(Array.from({ length: 4 }, () => [224, 224]))
  await leave()
})

test('latents: sliders, chance and arrow keys change the face', async () => {
  seen = await visit('/examples/latents')
  await seen.statusLike(/Decoded in/)
  const looks = [await pixels('.example-head')]
  await seen.page.locator('.example-slider input').first().fill('2')
  looks.push(await pixels('.example-head'))
  await seen.page.getByRole('button', { name: 'Random face' }).click()
  looks.push(await pixels('.example-head'))
  await seen.page.locator('.example-head').press('ArrowLeft')
  looks.push(await pixels('.example-head'))
  expect(new Set(looks).size).toBe(4)
  await seen.page.getByRole('button', { name: 'Mean face' }).click()
  await leave()
})

test('viewer: shows the four faces, and draws them as the choices say', async () => {
  await run('viewer', 6, /^4 faces, drawn by (webgl|software)$/)
  const shot = async () => {
    await seen.page.waitForTimeout(500)
    return (await seen.page.locator('.example-viewer').screenshot()).toString('base64')
  }
  const before = await shot()
  await seen.page.getByLabel('Material').selectOption('normals')
  expect(await shot()).not.toBe(before)
  const download = seen.page.waitForEvent('download')
  await seen.page.getByRole('button', { name: 'Save as GLB' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.glb$/)
  await leave()
})

test('refinement: the difference from the photo shrinks', async () => {
  await run('refinement', 6, /Step [1-9]/)
  const chart = seen.page.locator('.example-chart')
  await expect
    .poll(async () => numbers((await chart.getAttribute('aria-label')) ?? '').length)
    .toBeGreaterThan(2)
  const losses = numbers((await chart.getAttribute('aria-label'))!)
  expect(losses.at(-1)).toBeLessThan(losses[0]!)
  await leave()
})

test('blur: hides the four faces; the margin changes how much, and the result can be saved', async () => {
  await run('blur', 6, /^4 faces hidden/)
  const hidden = await pixels('.example-picture')
  await setSlider('Margin', 0.6)
  expect(await pixels('.example-picture')).not.toBe(hidden)
  const download = seen.page.waitForEvent('download')
  await seen.page.getByRole('button', { name: 'Save the picture' }).click()
  expect((await download).suggestedFilename()).toBe('hidden-faces.png')
  await leave()
})

test('timing: every stage has a time', async () => {
  seen = await visit('/examples/timing')
  await seen.statusLike(/\d+ faces? with meshes in .* wasm, [1-4] threads?$/)
  const times = await seen.page.locator('.example-bars td:nth-child(3)').allTextContents()
  expect(times).toHaveLength(9)
  for (const time of times) expect(time).toMatch(/^\d+(\.\d)? m?s$/)
  await leave()
})

test('playground: runs code on the photo, and stops it', async () => {
  await run('playground', 6, /^Done in/)
  const { page } = seen
  const printed = page.getByLabel('What the code printed')
  expect((await printed.textContent())!.trim().split('\n')).toHaveLength(4)
  const drawn = await pixels('.example-picture')
  const field = page.getByLabel('Your code')
  const press = (name: string) => page.getByRole('button', { name }).click()

  await field.fill("console.log('begun')\nwhile (true) {}")
  await press('Run')
  await printed.filter({ hasText: 'begun' }).waitFor()
  await press('Stop')
  await seen.statusLike(/^Stopped/)
  await field.fill('console.log(photo.width, new Float32Array(30))')
  await field.press('Control+Enter')
  await printed.filter({ hasText: /^\d+ Float32Array\(30\)\n$/ }).waitFor()
  expect(await pixels('.example-picture')).not.toBe(drawn)
  await field.fill("throw new RangeError('of the visitor')")
  await press('Run')
  expect(await seen.statusLike(/visitor/)).toBe('RangeError: of the visitor')
  await field.fill("import { readFile } from 'node:fs'")
  await press('Run')
  await seen.statusLike(/imports of @retinaface\/web only, but received "node:fs"/)
  await leave()
})
