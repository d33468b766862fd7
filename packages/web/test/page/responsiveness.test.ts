import { afterAll, beforeAll, expect, test } from 'vitest'
import { samplePhoto } from '../support/sample-photo.ts'
import { openSourcePage, type SourcePage } from '../support/source-page.ts'
import { traceTasks } from '../support/trace-tasks.ts'

let source: SourcePage
// From the page's own server, since pages with routes have no cache.
const photo = `/@fs${samplePhoto(5)}`

beforeAll(async () => {
  source = await openSourcePage()
})
afterAll(() => source.close())

/** The page's longest task while a photo of 1920×1280 is looked at, milliseconds. */
async function longestTask(
  create: 'createRetinaFace' | 'createWorkerRetinaFace',
  as: 'file' | 'blob' = 'file',
): Promise<number> {
  await source.page.evaluate(
    async ([name, address, from]) => {
      const image = new Image()
      const blobAddress = async () => URL.createObjectURL(await (await fetch(address)).blob())
      image.src = from === 'file' ? address : await blobAddress()
      await image.decode()
      const detector = await globalThis.retinaface[name]()
      await detector.warmUp()
      Object.assign(globalThis, { image, detector })
    },
    [create, photo, as] as const,
  )
  const tasks = await traceTasks(source, 'detector.detect(image).then((faces) => faces.length)')
  await source.page.evaluate('detector.dispose()')
  expect(tasks.length).toBeGreaterThan(0)
  return Math.max(...tasks)
}

test.each(['file', 'blob'] as const)(
  'through the worker the page has no task of 50 ms: an image element shows a %s',
  async (as) => {
    expect(await longestTask('createWorkerRetinaFace', as)).toBeLessThan(50)
  },
)

test('the measurement sees the tasks of a detector in the page', async () => {
  expect(await longestTask('createRetinaFace')).toBeGreaterThan(50)
})
