import {
  createRasterTarget,
  cropPinhole,
  type PixelImage,
  pinholeOf,
  renderFace,
} from '@retinaface/mesh-decoder'
import { afterAll, expect, test } from 'vitest'
import {
  VIEWER_CHOICES,
  VIEWER_DEFAULTS,
  type ViewerOptions,
} from '../../src/options/viewer-options.ts'
import { createFaceViewer } from '../../src/viewer/create-face-viewer.ts'
import { meanDifference, mount, openViewer, pixelsOf } from '../support/pictures.ts'
import { sampleScene } from '../support/sample-scene.ts'
import { simpleFaceAt } from '../support/simple-face.ts'

const { photo, faces } = await sampleScene(5)

// WebGL as a graphics card draws it: the viewer spares software WebGL the multisampling.
const { getContext } = HTMLCanvasElement.prototype
Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', {
  value(this: HTMLCanvasElement, kind: string, options: object = {}) {
    const smooth = kind === 'webgl2' ? { ...options, antialias: true } : options
    return Reflect.apply(getContext, this, [kind, smooth] as never)
  },
})

test('WebGL shows a face as the mesh decoder renders it, with its camera and light', async () => {
  const [width, height] = [960, 699] as const
  const viewer = openViewer({ scene: 'overlay', background: 'black' }, mount(width, height))
  viewer.update(faces, blackPhoto())
  const seen = await pixelsOf(viewer)
  const target = createRasterTarget(width, height, 4)
  for (const { mesh, camera, anchor, light } of faces) {
    const face = {
      positions: mesh!.canonical,
      colors: mesh!.colors,
      triangles: mesh!.triangles as Int32Array,
    }
    const pinhole = cropPinhole(pinholeOf(camera!, anchor!), 0, 0, width / photo.width)
    renderFace(face, camera!, light!, pinhole, target)
  }
  let sum = 0
  let covered = 0
  for (let pixel = 0; pixel < width * height; pixel++) {
    if (target.rgba[pixel * 4 + 3]! < 255) continue
    covered++
    for (let c = 0; c < 3; c++) {
      sum += Math.abs(seen.data[pixel * 4 + c]! - target.rgba[pixel * 4 + c]!) / 3
    }
  }
  expect(covered).toBeGreaterThan(10_000)
  expect(sum / covered).toBeLessThan(1)
})

const viewers = (['auto', 'software'] as const).map((renderer) => {
  const container = document.createElement('div')
  Object.assign(container.style, { width: '330px', height: '240px' })
  document.body.append(container)
  const viewer = createFaceViewer(container, { renderer })
  viewer.update(faces, photo)
  return viewer
})
afterAll(() => {
  for (const viewer of viewers) viewer.dispose()
})

const looks: Partial<ViewerOptions>[] = [
  ...VIEWER_CHOICES.scene.flatMap((scene) =>
    VIEWER_CHOICES.material.map((material) => ({ scene, material })),
  ),
  { scene: 'single', material: 'model', light: 'studio' },
  { scene: 'standing', material: 'clay', light: 'studio' },
  { scene: 'single', material: 'model', comparison: 0.5, background: '#345' },
  { scene: 'single', landmarks: true, poseAxes: true, anchors: true },
]

test.each(looks)('the software rasteriser shows what WebGL shows: %o', async (look) => {
  const pictures: ImageData[] = []
  for (const viewer of viewers) {
    viewer.setOptions({ ...VIEWER_DEFAULTS, ...look })
    viewer.resetView()
    pictures.push(await pixelsOf(viewer))
    viewer.zoom(1.2)
    viewer.turn(3, 2)
    pictures.push(await pixelsOf(viewer))
  }
  const [webgl, webglTurned, software, softwareTurned] = pictures
  // Most of it is how the two shrink the photo; lines differ where they cover one another.
  const bound = look.material === 'wireframe' ? 7 : 4
  expect(meanDifference(webgl!, software!)).toBeLessThan(bound)
  expect(meanDifference(webglTurned!, softwareTurned!)).toBeLessThan(bound)
  expect(meanDifference(webgl!, webglTurned!)).toBeGreaterThan(
    2 * meanDifference(webglTurned!, softwareTurned!),
  )
})

test('a photo that ends within a face ends there with either renderer', async () => {
  const { landmarks } = faces[0]!
  const cut = await createImageBitmap(photo, 0, 0, Math.round(landmarks![2]![0]!), photo.height)
  const pictures: ImageData[] = []
  for (const viewer of viewers) {
    viewer.setOptions({ ...VIEWER_DEFAULTS, material: 'photo' })
    viewer.update(faces, cut)
    viewer.focusFace(0)
    pictures.push(await pixelsOf(viewer))
  }
  expect(meanDifference(pictures[0]!, pictures[1]!)).toBeLessThan(1)
})

test('marks of a face behind the camera are not drawn by either renderer', async () => {
  const pictures: ImageData[] = []
  const pair = [simpleFaceAt(130, 100, 90), simpleFaceAt(180, 100, 12)]
  for (const viewer of viewers) {
    viewer.setOptions({
      ...VIEWER_DEFAULTS,
      scene: 'standing',
      landmarks: true,
      poseAxes: true,
      anchors: true,
    })
    viewer.update(pair, new ImageData(360, 200))
    viewer.focusFace(1)
    pictures.push(await pixelsOf(viewer))
  }
  expect(meanDifference(pictures[0]!, pictures[1]!)).toBeLessThan(1)
})

/** As large as the photo, so that the scene is the same. */
function blackPhoto(): PixelImage {
  const { width, height } = photo
  return { data: new Uint8Array(width * height), width, height, channels: 1 }
}
