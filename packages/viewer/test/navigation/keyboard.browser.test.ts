import { expect, onTestFinished, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { FaceViewer } from '../../src/viewer/face-viewer.ts'
import { meanDifference, openViewer, pixelsOf } from '../support/pictures.ts'
import { sampleScene } from '../support/sample-scene.ts'

const { photo, faces } = await sampleScene(5)

async function press(viewer: FaceViewer, keys: string): Promise<ImageData> {
  viewer.canvas.focus()
  await userEvent.keyboard(keys)
  return pixelsOf(viewer)
}

test.each(['single', 'standing', 'overlay'] as const)(
  'each key changes the view of %s, its counterpart undoes it, and Home goes back',
  async (scene) => {
    const viewer = openViewer({ scene, material: 'clay' })
    viewer.update(faces, photo)
    const home = await pixelsOf(viewer)
    // A picture that fills the view cannot be moved.
    let before = scene === 'overlay' ? await press(viewer, '++') : home
    for (const [key, back] of [
      ['{ArrowLeft}', '{ArrowRight}'],
      ['{ArrowUp}', '{ArrowDown}'],
      ['+', '-'],
    ] as const) {
      const changed = await press(viewer, key)
      expect(meanDifference(before, changed)).toBeGreaterThan(1)
      const undone = await press(viewer, back)
      expect(meanDifference(before, undone)).toBeLessThan(0.2)
      before = undone
    }
    await press(viewer, '{ArrowLeft}{ArrowUp}+')
    expect(meanDifference(home, await press(viewer, '{Home}'))).toBe(0)
  },
)

test('N and P go through the faces, Escape shows all, and each is told', async () => {
  const viewer = openViewer({ scene: 'standing' })
  viewer.update(faces, photo)
  const told: (number | null)[] = []
  viewer.addEventListener('faceselect', ({ detail }) => told.push(detail.index))
  await press(viewer, 'nnp{Escape}p')
  expect(told).toEqual([0, 1, 0, null, 4])
  expect(viewer.focusedFace).toBe(4)
  expect(viewer.canvas.ariaLabel).toBe('5 faces, face 5 in focus')
})

test('keys with modifiers and other keys are left to the page', async () => {
  const viewer = openViewer()
  viewer.update(faces, photo)
  const prevented: boolean[] = []
  viewer.canvas.parentElement!.addEventListener('keydown', (event) => {
    prevented.push(event.defaultPrevented)
  })
  await press(viewer, '{Control>}{ArrowLeft}{/Control}q{ArrowLeft}')
  expect(prevented).toEqual([false, false, false, true])
})

test('T turns slowly and back, unless less motion is asked for', async () => {
  const viewer = openViewer({ scene: 'single', material: 'normals' })
  viewer.update(faces, photo)
  const before = await press(viewer, 't')
  expect(viewer.options.autoTurn).toBe(true)
  await expect.poll(async () => meanDifference(before, await pixelsOf(viewer))).toBeGreaterThan(1)
  await press(viewer, 't')
  expect(viewer.options.autoTurn).toBe(false)
})

test('F where full screen is forbidden does nothing', async () => {
  const viewer = openViewer()
  const rejected: unknown[] = []
  const note = (event: PromiseRejectionEvent) => {
    event.preventDefault()
    rejected.push(event.reason)
  }
  addEventListener('unhandledrejection', note)
  onTestFinished(() => removeEventListener('unhandledrejection', note))
  viewer.canvas.parentElement!.requestFullscreen = () => Promise.reject(new TypeError('Forbidden'))
  await press(viewer, 'f')
  // Rejections that nobody takes are told after the task.
  await new Promise((resolve) => setTimeout(resolve))
  expect(rejected).toEqual([])
})
