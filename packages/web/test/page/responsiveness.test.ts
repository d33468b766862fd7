import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { samplePhoto } from '../support/sample-photo.ts'
import { openSourcePage, type SourcePage } from '../support/source-page.ts'

let source: SourcePage

beforeAll(async () => {
  source = await openSourcePage()
  await source.page.route('**/photo.jpg', (route) =>
    route.fulfill({ body: readFileSync(samplePhoto(5)), contentType: 'image/jpeg' }),
  )
})
afterAll(() => source.close())

/** How long the page's tasks over 50 ms took while a 1920-pixel photo was looked at, milliseconds. */
function longTasks(name: 'createRetinaFace' | 'createWorkerRetinaFace'): Promise<number[]> {
  return source.page.evaluate(async (create) => {
    const image = new Image()
    image.src = '/photo.jpg'
    await image.decode()
    const detector = await globalThis.retinaface[create]()
    await detector.warmUp()
    const tasks: number[] = []
    const observer = new PerformanceObserver((list) => {
      tasks.push(...list.getEntries().map(({ duration }) => duration))
    })
    observer.observe({ entryTypes: ['longtask'] })
    const faces = await detector.detect(image)
    // Entries come after their task.
    await new Promise((resolve) => setTimeout(resolve, 200))
    observer.disconnect()
    await detector.dispose()
    if (faces.length === 0) throw new Error('no faces')
    return tasks
  }, name)
}

test('through the worker the page has no task of 50 ms', { retry: 2 }, async () => {
  expect(await longTasks('createWorkerRetinaFace')).toEqual([])
})

test('the measurement sees the tasks of a detector in the page', async () => {
  expect(Math.max(...(await longTasks('createRetinaFace')))).toBeGreaterThan(50)
})
