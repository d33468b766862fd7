import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { samplePhoto } from '../support/sample-photo.ts'
import { openSourcePage, type SourcePage } from '../support/source-page.ts'
import { traceTasks } from '../support/trace-tasks.ts'

let source: SourcePage

beforeAll(async () => {
  source = await openSourcePage()
  await source.page.route('**/photo.jpg', (route) =>
    route.fulfill({ body: readFileSync(samplePhoto(5)), contentType: 'image/jpeg' }),
  )
})
afterAll(() => source.close())

/** The page's longest task while a photo of 1920×1280 is looked at, milliseconds. */
async function longestTask(create: 'createRetinaFace' | 'createWorkerRetinaFace'): Promise<number> {
  await source.page.evaluate(async (name) => {
    const image = new Image()
    image.src = '/photo.jpg'
    await image.decode()
    const detector = await globalThis.retinaface[name]()
    await detector.warmUp()
    Object.assign(globalThis, { image, detector })
  }, create)
  const tasks = await traceTasks(source, 'detector.detect(image).then((faces) => faces.length)')
  await source.page.evaluate('detector.dispose()')
  expect(tasks.length).toBeGreaterThan(0)
  return Math.max(...tasks)
}

test('through the worker the page has no task of 50 ms', async () => {
  expect(await longestTask('createWorkerRetinaFace')).toBeLessThan(50)
})

test('the measurement sees the tasks of a detector in the page', async () => {
  expect(await longestTask('createRetinaFace')).toBeGreaterThan(50)
})
