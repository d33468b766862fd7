import { expect, onTestFinished, test } from 'vitest'
import type { ViewerFace } from '../../src/face/viewer-face.ts'
import { meanDifference, openViewer, pixelsOf } from '../support/pictures.ts'
import { sampleScene } from '../support/sample-scene.ts'

const { photo, faces } = await sampleScene(5)
const FRAMES = 60
/** Of a video beside the photo. */
const SCALE = 0.2

/** The faces as a small video has them: other arrays and other places in every frame. */
function moved(frame: number): ViewerFace[] {
  return faces.map(({ mesh, camera, anchor, landmarks }) => ({
    landmarks: landmarks!.map(([x, y]) => [x! * SCALE + frame, y! * SCALE]),
    camera: camera!.slice(),
    anchor: {
      size: anchor!.size * SCALE,
      centre: [anchor!.centre[0] * SCALE + frame, anchor!.centre[1] * SCALE],
    },
    mesh: {
      ...mesh!,
      canonical: mesh!.canonical.slice(),
      positions: mesh!.positions.map((value, i) => value * SCALE + (i % 3 === 0 ? frame : 0)),
    },
  }))
}

/** Counts calls of what allocates on the graphics card. */
function countAllocations(): { count: number } {
  const counter = { count: 0 }
  const prototype = WebGL2RenderingContext.prototype
  const names = [
    'createBuffer',
    'bufferData',
    'createTexture',
    'texImage2D',
    'texStorage2D',
    'createProgram',
  ] as const
  for (const name of names) {
    const original = prototype[name]
    Object.defineProperty(prototype, name, {
      configurable: true,
      value(this: WebGL2RenderingContext, ...args: never[]) {
        counter.count++
        return Reflect.apply(original, this, args)
      },
    })
    onTestFinished(() => {
      Object.defineProperty(prototype, name, { configurable: true, value: original })
    })
  }
  return counter
}

/** Counts typed arrays that are made. */
function countArrays(): { count: number } {
  const counter = { count: 0 }
  for (const name of ['Float32Array', 'Float64Array', 'Int32Array', 'Uint8ClampedArray'] as const) {
    const original = globalThis[name]
    const counting = new Proxy(original, {
      construct(target, args, newTarget) {
        counter.count++
        return Reflect.construct(target, args, newTarget)
      },
    })
    Object.assign(globalThis, { [name]: counting })
    onTestFinished(() => {
      Object.assign(globalThis, { [name]: original })
    })
  }
  return counter
}

test('frames of a video are written in place: no array, buffer or texture is made for them', async () => {
  const [width, height] = [photo.width * SCALE, photo.height * SCALE].map(Math.round)
  const film = Object.assign(document.createElement('canvas'), { width, height })
  const context = film.getContext('2d')!
  context.drawImage(photo, 0, 0, width!, height!)
  const viewer = openViewer({
    scene: 'overlay',
    material: 'photo',
    landmarks: true,
    poseAxes: true,
  })
  const frames = Array.from({ length: FRAMES }, (_, frame) => moved(frame))
  viewer.update(frames[0]!, film)
  const first = await pixelsOf(viewer)
  const { geometries, textures, programs } = viewer.statistics
  const onCard = countAllocations()
  const inMemory = countArrays()
  const drawn = viewer.statistics.frames
  for (const frame of frames) {
    context.fillRect(0, 0, 20, 20)
    viewer.update(frame, film)
    await new Promise(requestAnimationFrame)
  }
  expect(viewer.statistics.frames - drawn).toBeGreaterThan(FRAMES / 2)
  expect({ card: onCard.count, memory: inMemory.count }).toEqual({ card: 0, memory: 0 })
  expect(viewer.statistics).toMatchObject({ geometries, textures, programs })
  expect(meanDifference(first, await pixelsOf(viewer))).toBeGreaterThan(1)
})

test('faces that come and go in a video keep the view where the user has turned it', async () => {
  const viewer = openViewer({ scene: 'standing', material: 'clay' })
  viewer.update(faces, photo)
  viewer.turn(4, 2)
  const all = await pixelsOf(viewer)
  viewer.update(faces.slice(0, 4), photo)
  const four = await pixelsOf(viewer)
  viewer.update(faces, photo)
  expect(meanDifference(all, four)).toBeGreaterThan(0.1)
  expect(meanDifference(all, await pixelsOf(viewer))).toBeLessThan(0.1)
})

test('without a picture, too, faces that move keep the view where the user has turned it', async () => {
  const viewer = openViewer({ scene: 'single', material: 'clay' })
  viewer.update(moved(0))
  const home = await pixelsOf(viewer)
  viewer.turn(4, 2)
  const turned = await pixelsOf(viewer)
  viewer.update(moved(8))
  expect(meanDifference(turned, await pixelsOf(viewer))).toBeLessThan(
    meanDifference(home, turned) / 10,
  )
  viewer.update(moved(8), photo)
  expect(meanDifference(home, await pixelsOf(viewer))).toBeLessThan(
    meanDifference(home, turned) / 10,
  )
})
