import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSourcePage, type SourcePage } from '../support/source-page.ts'

const BLOCK = 2

let source: SourcePage

beforeAll(async () => {
  source = await openSourcePage({
    preferences: { profile: { default_content_setting_values: { cookies: BLOCK } } },
  })
})
afterAll(() => source.close())

test('a user who blocks all site data has a detector in a worker too', async () => {
  const [lock, faces] = await source.page.evaluate(async () => {
    const asked = await navigator.locks.request('any', () => 'granted').catch(({ name }) => name)
    const detector = await globalThis.retinaface.createWorkerRetinaFace()
    const found = await detector.detect(new ImageData(64, 64))
    await detector.dispose()
    return [asked, found] as const
  })
  expect(lock).toBe('SecurityError')
  expect(faces).toEqual([])
})
