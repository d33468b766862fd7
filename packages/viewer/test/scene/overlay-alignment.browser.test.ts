import { pinholeOf, toCameraFrame, toScreen } from '@retinaface/mesh-decoder'
import { expect, test } from 'vitest'
import type { ViewerFace } from '../../src/face/viewer-face.ts'
import { mount, openViewer, pixelsOf } from '../support/pictures.ts'
import { sampleScene } from '../support/sample-scene.ts'

const { photo, faces } = await sampleScene(5)

test.each([
  ['a canvas like the photo', 960, 699],
  ['a wide canvas', 900, 400],
  ['a tall canvas', 500, 620],
])(
  'the silhouette of each mesh lies within 1.5 px of its projected vertices: %s',
  async (_, width, height) => {
    const viewer = openViewer({ scene: 'overlay', material: 'clay' }, mount(width, height))
    const scale = Math.min(width / photo.width, height / photo.height)
    const left = (width - photo.width * scale) / 2
    const top = (height - photo.height * scale) / 2
    viewer.update(faces, blank(photo.width, photo.height))
    const seen = maskOf(await pixelsOf(viewer))
    const expected = fillMeshes(width, height, (x, y) => [left + x * scale, top + y * scale])
    expect(expected.count).toBeGreaterThan(1000)
    expect(farthest(seen, expected)).toBeLessThan(1.5)
    expect(farthest(expected, seen)).toBeLessThan(1.5)
  },
)

test('the overlay stays aligned when the picture is enlarged and moved', async () => {
  const [width, height] = [600, 400] as const
  const viewer = openViewer({ scene: 'overlay', material: 'clay' }, mount(width, height))
  viewer.update(faces, blank(photo.width, photo.height))
  viewer.canvas.focus()
  for (const key of ['+', '+', '+', '+', '+', 'ArrowLeft', 'ArrowDown', 'ArrowDown']) {
    viewer.canvas.dispatchEvent(new KeyboardEvent('keydown', { key }))
  }
  const zoom = 1.15 ** 5
  const scale = Math.min(width / photo.width, height / photo.height) * zoom
  // Each arrow moves by 0.15 of half the view, before which zooming kept the middle.
  const left = width / 2 - (photo.width / 2) * scale + 0.15 * (width / 2)
  const top = height / 2 - (photo.height / 2) * scale - 2 * 0.15 * (height / 2)
  const seen = maskOf(await pixelsOf(viewer))
  const expected = fillMeshes(width, height, (x, y) => [left + x * scale, top + y * scale])
  expect(farthest(seen, expected)).toBeLessThan(1.5)
  expect(farthest(expected, seen)).toBeLessThan(1.5)
})

interface Mask {
  readonly width: number
  readonly height: number
  readonly isInside: (x: number, y: number) => boolean
  readonly count: number
}

/** A photo of pure blue, which clay is not. */
function blank(width: number, height: number): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d')!
  context.fillStyle = '#00f'
  context.fillRect(0, 0, width, height)
  return canvas
}

function maskOf({ data, width, height }: ImageData): Mask {
  const isInside = (x: number, y: number) => data[(y * width + x) * 4]! > 12
  return { width, height, isInside, count: countOf(width, height, isInside) }
}

/** The projected triangles that face the camera, filled by the browser. */
function fillMeshes(
  width: number,
  height: number,
  place: (x: number, y: number) => [number, number],
): Mask {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d')!
  for (const face of faces) fillMesh(context, face, place)
  const { data } = context.getImageData(0, 0, width, height)
  const isInside = (x: number, y: number) => data[(y * width + x) * 4 + 3]! > 127
  return { width, height, isInside, count: countOf(width, height, isInside) }
}

function fillMesh(
  context: CanvasRenderingContext2D,
  { mesh, camera, anchor }: ViewerFace,
  place: (x: number, y: number) => [number, number],
): void {
  const screen = toScreen(toCameraFrame(mesh!.canonical, camera!), pinholeOf(camera!, anchor!))
  const corner = (vertex: number) => place(screen[vertex * 3]!, screen[vertex * 3 + 1]!)
  context.beginPath()
  for (let i = 0; i < mesh!.triangles.length; i += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => corner(mesh!.triangles[i + k]!)) as Triangle
    if ((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0) continue
    context.moveTo(...a)
    context.lineTo(...b)
    context.lineTo(...c)
    context.closePath()
  }
  context.fill()
}

type Triangle = [[number, number], [number, number], [number, number]]

function countOf(width: number, height: number, isInside: Mask['isInside']): number {
  let count = 0
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (isInside(x, y)) count++
  return count
}

/** The largest distance from a pixel of one mask to the nearest pixel of the other. */
function farthest(from: Mask, to: Mask): number {
  let worst = 0
  for (let y = 0; y < from.height; y++) {
    for (let x = 0; x < from.width; x++) {
      if (from.isInside(x, y) && !to.isInside(x, y)) worst = Math.max(worst, nearest(to, x, y))
    }
  }
  return worst
}

function nearest(mask: Mask, x: number, y: number): number {
  let best = 9
  for (let row = y - 4; row <= y + 4; row++) {
    for (let column = x - 4; column <= x + 4; column++) {
      const isOutside = row < 0 || column < 0 || row >= mask.height || column >= mask.width
      if (isOutside || !mask.isInside(column, row)) continue
      best = Math.min(best, Math.hypot(column - x, row - y))
    }
  }
  return best
}
