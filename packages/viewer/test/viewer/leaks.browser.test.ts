import { expect, test } from 'vitest'
import type { ViewerFace } from '../../src/face/viewer-face.ts'
import { createFaceViewer } from '../../src/viewer/create-face-viewer.ts'
import { meanDifference, mount, nextFrame, openViewer, pixelsOf } from '../support/pictures.ts'
import { sampleScene } from '../support/sample-scene.ts'
import { simpleFace } from '../support/simple-face.ts'

const { photo, faces } = await sampleScene(5)
const small = await createImageBitmap(photo, { resizeWidth: 192, resizeHeight: 140 })
const collect = (globalThis as { gc?: () => void }).gc

test('a hundred viewers come and go: no context, geometry, texture, program or canvas stays', {
  timeout: 240_000,
}, async () => {
  const first = openViewer({ scene: 'overlay' })
  first.update(faces, photo)
  let isLost = false
  first.addEventListener('contextlost', () => {
    isLost = true
  })
  const before = await pixelsOf(first)
  const canvases: WeakRef<HTMLCanvasElement>[] = []
  const container = mount(96, 64)
  for (let cycle = 0; cycle < 100; cycle++) {
    const isMarked = cycle % 10 === 0
    const marks = { landmarks: isMarked, poseAxes: isMarked, anchors: isMarked }
    const viewer = createFaceViewer(container, { scene: 'overlay', material: 'photo', ...marks })
    viewer.update(faces.slice(0, 2), small)
    await nextFrame()
    expect(viewer.statistics.textures).toBeGreaterThan(0)
    canvases.push(new WeakRef(viewer.canvas))
    viewer.dispose()
    const { geometries, textures, programs } = viewer.statistics
    expect({ geometries, textures, programs }).toEqual({ geometries: 0, textures: 0, programs: 0 })
  }
  expect(container.childElementCount).toBe(0)
  // A browser keeps some sixteen contexts and takes the oldest away for more.
  expect(isLost).toBe(false)
  expect(meanDifference(before, await pixelsOf(first))).toBe(0)
  await expect
    .poll(
      () => {
        collect!()
        return canvases.filter((canvas) => canvas.deref()).length
      },
      { timeout: 10_000, interval: 200 },
    )
    .toBeLessThanOrEqual(2)
})

test('a mesh that takes the place of another takes its geometry too', async () => {
  const viewer = openViewer({ landmarks: true })
  const counts: number[] = []
  for (let more = 0; more < 6; more++) {
    viewer.update([withVertices(more)])
    await pixelsOf(viewer)
    counts.push(viewer.statistics.geometries)
  }
  expect(new Set(counts)).toEqual(new Set([counts[0]]))
  expect(viewer.statistics.programs).toBeGreaterThan(0)
})

/** The simple face with some vertices more, which no triangle has. */
function withVertices(more: number): ViewerFace {
  const face = simpleFace()
  const longer = (values: Float32Array) => Float32Array.of(...values, ...Array(more * 3).fill(0))
  const { canonical, positions, colors } = face.mesh!
  const mesh = {
    canonical: longer(canonical),
    positions: longer(positions),
    colors: longer(colors),
  }
  return { ...face, mesh: { ...face.mesh!, ...mesh } }
}

test('a disposed viewer says so, and disposing again does nothing', async () => {
  const viewer = createFaceViewer(mount())
  viewer.dispose()
  viewer.dispose()
  for (const use of [() => viewer.update(faces), () => viewer.turn(1, 0), () => viewer.zoom(2)]) {
    expect(use).toThrow('This viewer was disposed')
  }
  await expect(viewer.screenshot()).rejects.toMatchObject({ code: 'DISPOSED' })
})
