import { expect, onTestFinished, test } from 'vitest'
import { cdp } from 'vitest/browser'
import { meanDifference, nextFrame, openViewer, pixelsOf } from '../support/pictures.ts'
import { simpleFace } from '../support/simple-face.ts'

interface Session {
  send(method: string, params: object): Promise<unknown>
}

async function prefer(value: 'reduce' | ''): Promise<void> {
  const features = [{ name: 'prefers-reduced-motion', value }]
  await (cdp() as unknown as Session).send('Emulation.setEmulatedMedia', { features })
}

test('nothing turns by itself while less motion is asked for, and it begins when that ends', async () => {
  onTestFinished(() => prefer(''))
  await prefer('reduce')
  const viewer = openViewer({ autoTurn: true, material: 'normals' })
  viewer.update([simpleFace()])
  const before = await pixelsOf(viewer)
  for (let i = 0; i < 10; i++) await nextFrame()
  expect(meanDifference(before, await pixelsOf(viewer))).toBe(0)
  await prefer('')
  await expect.poll(async () => meanDifference(before, await pixelsOf(viewer))).toBeGreaterThan(0.5)
})
