import { expect, test } from 'vitest'
import type { FaceViewer } from '../../src/viewer/face-viewer.ts'
import { meanDifference, openViewer, pixelsOf } from '../support/pictures.ts'
import { sampleScene } from '../support/sample-scene.ts'
import { simpleFaceAt } from '../support/simple-face.ts'

const { photo, faces } = await sampleScene(5)

interface Touch {
  readonly id?: number
  readonly type?: 'mouse' | 'touch'
  /** Pixels of the canvas. */
  readonly at: readonly [x: number, y: number]
}

function send(viewer: FaceViewer, kind: 'down' | 'move' | 'up', touch: Touch): void {
  const { left, top } = viewer.canvas.getBoundingClientRect()
  const { id = 1, type = 'mouse', at } = touch
  const event = new PointerEvent(`pointer${kind}`, {
    pointerId: id,
    pointerType: type,
    isPrimary: id === 1,
    button: kind === 'move' ? -1 : 0,
    buttons: kind === 'up' ? 0 : 1,
    clientX: left + at[0],
    clientY: top + at[1],
    bubbles: true,
    cancelable: true,
  })
  // Pointers that the browser has not made itself cannot be captured.
  viewer.canvas.setPointerCapture = () => undefined
  viewer.canvas.releasePointerCapture = () => undefined
  viewer.canvas.dispatchEvent(event)
}

function drag(viewer: FaceViewer, from: Touch['at'], to: Touch['at'], type?: 'touch'): void {
  const kind = type ? { type } : {}
  send(viewer, 'down', { at: from, ...kind })
  for (let step = 1; step <= 4; step++) {
    const at = [0, 1].map((k) => from[k]! + ((to[k]! - from[k]!) * step) / 4) as [number, number]
    send(viewer, 'move', { at, ...kind })
  }
  send(viewer, 'up', { at: to, ...kind })
}

test.each(['mouse', 'touch'] as const)('dragging by %s turns the scene', async (type) => {
  const viewer = openViewer({ scene: 'standing' })
  viewer.update(faces, photo)
  const home = await pixelsOf(viewer)
  drag(viewer, [200, 120], [260, 140], type === 'touch' ? type : undefined)
  expect(meanDifference(home, await pixelsOf(viewer))).toBeGreaterThan(5)
  viewer.resetView()
  expect(meanDifference(home, await pixelsOf(viewer))).toBe(0)
})

test('two fingers enlarge the overlay about the place between them', async () => {
  const viewer = openViewer({ scene: 'overlay' })
  viewer.update(faces, photo)
  const home = await pixelsOf(viewer)
  send(viewer, 'down', { id: 1, type: 'touch', at: [150, 130] })
  send(viewer, 'down', { id: 2, type: 'touch', at: [240, 130] })
  send(viewer, 'move', { id: 1, type: 'touch', at: [105, 130] })
  send(viewer, 'move', { id: 2, type: 'touch', at: [285, 130] })
  send(viewer, 'up', { id: 1, type: 'touch', at: [105, 130] })
  send(viewer, 'up', { id: 2, type: 'touch', at: [285, 130] })
  const enlarged = await pixelsOf(viewer)
  viewer.resetView()
  viewer.zoom(2)
  expect(meanDifference(enlarged, await pixelsOf(viewer))).toBeLessThan(2)
  expect(meanDifference(enlarged, home)).toBeGreaterThan(20)
})

test.each(['single', 'standing'] as const)(
  'two fingers come closer in %s, whatever has the focus',
  async (scene) => {
    const viewer = openViewer({ scene })
    viewer.update(faces, photo)
    const pinch = (from: number, to: number): void => {
      const at = (id: number, reach: number): Touch['at'] => [
        195 + (id === 1 ? -1 : 1) * reach,
        130,
      ]
      for (const id of [1, 2]) send(viewer, 'down', { id, type: 'touch', at: at(id, from) })
      for (const id of [1, 2]) send(viewer, 'move', { id, type: 'touch', at: at(id, to) })
      for (const id of [1, 2]) send(viewer, 'up', { id, type: 'touch', at: at(id, to) })
    }
    const home = await pixelsOf(viewer)
    pinch(40, 80)
    expect(document.activeElement).toBe(document.body)
    const close = await pixelsOf(viewer)
    viewer.resetView()
    viewer.canvas.focus()
    pinch(40, 80)
    expect(meanDifference(close, await pixelsOf(viewer))).toBe(0)
    expect(meanDifference(home, close)).toBeGreaterThan(5)
  },
)

test.each(['standing', 'overlay'] as const)(
  'the wheel scrolls the page, and enlarges %s once it has the focus',
  async (scene) => {
    const viewer = openViewer({ scene })
    viewer.update(faces, photo)
    const home = await pixelsOf(viewer)
    const roll = () => {
      const { left, top } = viewer.canvas.getBoundingClientRect()
      const place = { clientX: left + 195, clientY: top + 130 }
      const event = new WheelEvent('wheel', { deltaY: -200, cancelable: true, ...place })
      viewer.canvas.dispatchEvent(event)
      return event.defaultPrevented
    }
    expect(roll()).toBe(false)
    expect(meanDifference(home, await pixelsOf(viewer))).toBe(0)
    viewer.canvas.focus()
    expect(roll()).toBe(true)
    expect(meanDifference(home, await pixelsOf(viewer))).toBeGreaterThan(5)
  },
)

test.each(['standing', 'overlay'] as const)(
  'a click on each face of %s brings it close; a drag and a click beside them do not',
  async (scene) => {
    const viewer = openViewer({ scene })
    viewer.update(faces, photo)
    const scale = Math.min(390 / photo.width, 260 / photo.height)
    const left = (390 - photo.width * scale) / 2
    const top = (260 - photo.height * scale) / 2
    const place = (x: number, y: number): Touch['at'] => [left + x * scale, top + y * scale]
    const click = (at: Touch['at']) => {
      send(viewer, 'down', { at })
      send(viewer, 'up', { at })
    }
    for (const [index, { landmarks }] of faces.entries()) {
      viewer.resetView()
      await pixelsOf(viewer)
      const [x, y] = landmarks![2] as [number, number]
      click(place(x, y))
      expect(viewer.focusedFace).toBe(index)
    }
    viewer.resetView()
    await pixelsOf(viewer)
    const [x, y] = place(...(faces[0]!.landmarks![2] as [number, number]))
    drag(viewer, [x, y], [x + 40, y])
    viewer.resetView()
    await pixelsOf(viewer)
    click(place(photo.width / 2, photo.height - 20))
    expect(viewer.focusedFace).toBe(null)
  },
)

test('a face behind the camera is not clicked', () => {
  const viewer = openViewer({ scene: 'standing' })
  const pair = [simpleFaceAt(130, 100, 90), simpleFaceAt(180, 100, 12)]
  viewer.update(pair, new ImageData(360, 200))
  // Coming close to the far one leaves the near one behind.
  viewer.focusFace(1)
  const { width, height } = viewer.canvas.getBoundingClientRect()
  for (let y = 5; y < height; y += 10) {
    for (let x = 5; x < width; x += 10) {
      send(viewer, 'down', { at: [x, y] })
      send(viewer, 'up', { at: [x, y] })
      expect(viewer.focusedFace).toBe(1)
    }
  }
})
