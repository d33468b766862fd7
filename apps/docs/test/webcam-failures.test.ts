import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { visit } from './support/visit.ts'
import { watchCamera } from './support/watch-camera.ts'

const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).press('Enter')

test('where the network cannot be loaded, it says so, and the camera is off', async () => {
  const seen = await visit('/examples/webcam')
  const states = await watchCamera(seen.page)
  await seen.page.route(/\.onnx/, (route) => route.abort())
  await press(seen.page, 'Start the camera')
  expect(await seen.statusLike(/^The camera is off:/)).toContain('retinaface-500m')
  expect(await states()).not.toContain('live')
  await expect.poll(seen.detectorWorkers).toBe(0)
  await seen.page.unroute(/\.onnx/)
  await press(seen.page, 'Start the camera')
  await seen.statusLike(/^2 faces/)
  expect((await states()).filter((state) => state === 'live')).toHaveLength(1)
  await seen.close()
})

test('where the camera cannot be shown, it is turned off and the detector is gone', async () => {
  const seen = await visit('/examples/webcam')
  const states = await watchCamera(seen.page)
  await seen.page.evaluate(() => {
    HTMLMediaElement.prototype.play = () => Promise.reject(new Error('no picture today'))
  })
  await press(seen.page, 'Start the camera')
  await seen.statusLike(/^The camera is off: no picture today$/)
  expect(await states()).toEqual(['ended'])
  await expect.poll(seen.detectorWorkers).toBe(0)
  await seen.close()
})

test('where the camera is refused, the browser’s reason is told', async () => {
  const seen = await visit('/examples/webcam')
  await seen.page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('Permission denied', 'NotAllowedError'))
  })
  await press(seen.page, 'Start the camera')
  await seen.statusLike(/^The camera is off: Permission denied$/)
  await expect.poll(seen.detectorWorkers).toBe(0)
  await seen.close()
})

test('stopping by keyboard ends all, while it waits for the first frame too; the focus stays', async () => {
  const seen = await visit('/examples/webcam')
  const states = await watchCamera(seen.page)
  await seen.page.evaluate(() => {
    const { play } = HTMLMediaElement.prototype
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      // A camera that gives no frame.
      this.srcObject = new MediaStream()
      return play.call(this)
    }
  })
  await press(seen.page, 'Start the camera')
  await expect.poll(states).toEqual(['live'])
  await seen.page.locator('button:focus', { hasText: 'Stop' }).press('Enter')
  await seen.statusLike(/^The camera is off\.$/)
  await seen.page.locator('button:focus', { hasText: 'Start the camera' }).waitFor()
  expect(await states()).toEqual(['ended'])
  await expect.poll(seen.detectorWorkers).toBe(0)
  await seen.close()
})
