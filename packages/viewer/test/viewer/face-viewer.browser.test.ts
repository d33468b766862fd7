import { expect, test } from 'vitest'
import { readGlb } from '../../app/src/files/read-glb.ts'
import type { ViewerOptions } from '../../src/options/viewer-options.ts'
import { createFaceViewer } from '../../src/viewer/create-face-viewer.ts'
import { meanDifference, mount, nextFrame, openViewer, pixelsOf } from '../support/pictures.ts'
import { photoAddress, sampleScene } from '../support/sample-scene.ts'
import { simpleFace } from '../support/simple-face.ts'

const { photo, faces } = await sampleScene(5)

test.each<[wrong: object, said: RegExp]>([
  [{ scene: 'beach' }, /one of single, standing, overlay for options\.scene but received "beach"/],
  [{ material: 1 }, /one of model, photo, .* for options\.material/],
  [{ comparison: 2 }, /a number from 0 to 1 for options\.comparison but received 2/],
  [{ background: 'not-a-colour' }, /a CSS colour/],
  [{ landmarks: 'yes' }, /true or false for options\.landmarks/],
  [{ sceen: 'single' }, /only scene, material, .* for options but received "sceen"/],
  [{ renderer: 'cuda' }, /auto or software/],
])('%o is refused, and nothing is added to the page', (wrong, said) => {
  const container = mount()
  expect(() => createFaceViewer(container, wrong)).toThrow(said)
  expect(container.childElementCount).toBe(0)
  if ('renderer' in wrong) return
  const viewer = openViewer()
  const { options } = viewer
  expect(() => viewer.setOptions(wrong)).toThrow(said)
  expect(viewer.options).toEqual(options)
})

test('each mark and the before-and-after slider change the picture and go away again', async () => {
  const viewer = openViewer({ scene: 'overlay' })
  viewer.update(faces, photo)
  const plain = await pixelsOf(viewer)
  const told: ViewerOptions[] = []
  viewer.addEventListener('optionschange', ({ detail }) => told.push(detail))
  // The anchors of the default network are as small as its strides.
  const changes: [change: Partial<ViewerOptions>, least: number][] = [
    [{ landmarks: true }, 0.1],
    [{ poseAxes: true }, 0.1],
    [{ anchors: true }, 0.003],
    [{ comparison: 0.5 }, 0.1],
  ]
  for (const [change, least] of changes) {
    viewer.setOptions(change)
    expect(meanDifference(plain, await pixelsOf(viewer))).toBeGreaterThan(least)
    viewer.setOptions({ landmarks: false, poseAxes: false, anchors: false, comparison: 0 })
    expect(meanDifference(plain, await pixelsOf(viewer))).toBe(0)
  }
  expect(told).toHaveLength(8)
})

test('left of the slider is the photo alone, right of it all is as it was', async () => {
  const viewer = openViewer({ scene: 'overlay', material: 'clay' })
  viewer.update([], photo)
  const bare = await pixelsOf(viewer)
  viewer.update(faces, photo)
  const covered = await pixelsOf(viewer)
  viewer.setOptions({ comparison: 0.5 })
  const { data, width, height } = await pixelsOf(viewer)
  for (let y = 0; y < height; y += 3) {
    for (let x = 0; x < width; x += 3) {
      if (Math.abs(x - width / 2) < 3) continue
      const i = (y * width + x) * 4
      // Without faces the photo hangs nearer, which rounds otherwise.
      expect(Math.abs(data[i]! - (x < width / 2 ? bare : covered).data[i]!)).toBeLessThan(2)
    }
  }
})

test('what cannot be shown is refused, and what was shown stays', async () => {
  const viewer = openViewer({ scene: 'overlay' })
  viewer.update(faces, photo)
  const before = await pixelsOf(viewer)
  const broken = simpleFace({ camera: new Float32Array(7) })
  expect(() => viewer.update([broken], photo)).toThrow(/faces\[0\]\.camera/)
  expect(() => viewer.update(faces, document.createElement('video'))).toThrow(/a playing video/)
  expect(() => viewer.update(faces, new Image())).toThrow(/a loaded picture/)
  expect(meanDifference(before, await pixelsOf(viewer))).toBe(0)
})

test('pictures are taken as bitmaps, canvases, elements and pixels alike', async () => {
  const viewer = openViewer({ scene: 'overlay', material: 'clay' })
  const canvas = Object.assign(document.createElement('canvas'), { width: 120, height: 80 })
  const context = canvas.getContext('2d')!
  context.fillStyle = '#36c'
  context.fillRect(0, 0, 120, 80)
  const pixels = context.getImageData(0, 0, 120, 80)
  const element = new Image()
  element.src = canvas.toDataURL()
  await element.decode()
  const data = pixels.data.filter((_, i) => i % 4 !== 3)
  const sources = [
    canvas,
    pixels,
    element,
    await createImageBitmap(canvas),
    { data, width: 120, height: 80, channels: 3 as const },
  ]
  const pictures: ImageData[] = []
  for (const source of sources) {
    viewer.update([simpleFace()], source)
    pictures.push(await pixelsOf(viewer))
  }
  expect(pictures[0]!.data[0]).toBe(0x33)
  for (const picture of pictures) expect(meanDifference(pictures[0]!, picture)).toBe(0)
})

test('a screenshot is a PNG as large as the canvas', async () => {
  const viewer = openViewer({}, mount(320, 200))
  viewer.update(faces, photo)
  const blob = await viewer.screenshot()
  expect(blob.type).toBe('image/png')
  const { width, height } = await createImageBitmap(blob)
  expect([width, height]).toEqual([viewer.canvas.width, viewer.canvas.height])
})

test('a GLB holds the mesh that was shown, and can be opened again', async () => {
  const viewer = openViewer()
  viewer.update(faces, photo)
  const [glb] = await viewer.exportFace('glb', 2)
  expect(glb!.name).toBe('face-3.glb')
  const bytes = new Uint8Array(await glb!.blob.arrayBuffer())
  const read = await readGlb(bytes, glb!)
  const { canonical, colors, triangles } = faces[2]!.mesh!
  expect(read.triangles).toHaveLength(triangles.length)
  read.canonical.forEach((value, i) => {
    expect(Math.abs(value - canonical[i]!)).toBeLessThan(1e-3)
  })
  read.colors.forEach((value, i) => {
    expect(Math.abs(value - Math.min(1, Math.max(0, colors[i]!)))).toBeLessThan(0.01)
  })
})

test('OBJ comes with its MTL and PLY with all vertices; other formats and faces are refused', async () => {
  const viewer = openViewer()
  viewer.update(faces, photo)
  const obj = await viewer.exportFace('obj')
  expect(obj.map(({ name }) => name)).toEqual(['face-1.obj', 'face-1.mtl'])
  const text = await obj[0]!.blob.text()
  expect(text.match(/^v /gm)).toHaveLength(1833)
  expect(text.match(/^f /gm)).toHaveLength(faces[0]!.mesh!.triangles.length / 3)
  const [ply] = await viewer.exportFace('ply')
  expect(await ply!.blob.slice(0, 200).text()).toMatch(/^ply\n[\s\S]*element vertex 1833\n/)
  await expect(viewer.exportFace('stl' as 'ply')).rejects.toThrow(/glb, obj or ply/)
  await expect(viewer.exportFace('ply', 7)).rejects.toThrow(/of 5 faces/)
})

test('a lost context comes back with the same picture, and both are told', async () => {
  const viewer = openViewer({ scene: 'overlay', material: 'photo' })
  viewer.update(faces, photo)
  const before = await pixelsOf(viewer)
  const told: string[] = []
  const happened = (type: 'contextlost' | 'contextrestored') =>
    new Promise<void>((resolve) => {
      viewer.addEventListener(type, () => {
        told.push(type)
        resolve()
      })
    })
  const [lost, restored] = [happened('contextlost'), happened('contextrestored')]
  const extension = viewer.canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!
  extension.loseContext()
  await lost
  // Only when all who listen have been told may it be asked back.
  await nextFrame()
  extension.restoreContext()
  await restored
  expect(told).toEqual(['contextlost', 'contextrestored'])
  expect(meanDifference(before, await pixelsOf(viewer))).toBe(0)
})

test('software WebGL, as the tests have it, draws without multisampling', () => {
  const { canvas } = openViewer()
  const context = canvas.getContext('webgl2')!
  expect(context.getContextAttributes()!.antialias).toBe(false)
})

test.each(['auto', 'software'] as const)(
  'the background is what the page makes of it (%s)',
  async (renderer) => {
    const container = mount()
    Object.assign(container.style, { color: 'rgb(0 0 255)', colorScheme: 'dark' })
    container.style.setProperty('--mine', 'rgb(0 255 0)')
    const viewer = openViewer({ renderer }, container)
    for (const [background, seen] of [
      ['var(--mine)', [0, 255, 0, 255]],
      ['currentcolor', [0, 0, 255, 255]],
      ['light-dark(red, lime)', [0, 255, 0, 255]],
      ['transparent', [0, 0, 0, 0]],
      ['#345', [0x33, 0x44, 0x55, 255]],
    ] as const) {
      viewer.setOptions({ background })
      const { data } = await pixelsOf(viewer)
      expect([background, ...data.subarray(0, 4)]).toEqual([background, ...seen])
    }
    viewer.setOptions({ background: 'var(--mine)' })
    container.style.setProperty('--mine', 'rgb(255 0 0)')
    expect((await pixelsOf(viewer)).data[0]).toBe(255)
  },
)

test('padding of the container does not distort what is shown', async () => {
  const container = mount(300, 240)
  Object.assign(container.style, { boxSizing: 'border-box', padding: '60px 10px' })
  const { canvas } = openViewer({}, container)
  const ratio = Math.min(devicePixelRatio, 2)
  expect([canvas.width, canvas.height]).toEqual([280 * ratio, 120 * ratio])
  container.style.padding = '0'
  await expect.poll(() => canvas.height).toBe(240 * ratio)
})

test('an image element that is given another origin’s picture is refused, and the next is shown', async () => {
  const viewer = openViewer({ scene: 'overlay' })
  const own = Object.assign(document.createElement('canvas'), { width: 4, height: 4 })
  const element = new Image()
  const load = async (src: string) => {
    element.src = src
    await element.decode()
  }
  await load(own.toDataURL())
  viewer.update(faces, element)
  const elsewhere = new URL(photoAddress(5))
  // The same server under its other name is another origin.
  elsewhere.hostname = elsewhere.hostname === 'localhost' ? '127.0.0.1' : 'localhost'
  await load(elsewhere.href)
  expect(() => viewer.update(faces, element)).toThrow(/a picture that this page may read/)
  viewer.update(faces, photo)
  expect((await pixelsOf(viewer)).data.some((value) => value > 0)).toBe(true)
})

test('the picture follows the size of its container', async () => {
  const container = mount(300, 200)
  const viewer = openViewer({}, container)
  viewer.update(faces, photo)
  Object.assign(container.style, { width: '200px', height: '220px' })
  await expect.poll(() => viewer.canvas.width / devicePixelRatio).toBe(200)
  expect(viewer.canvas.height / devicePixelRatio).toBe(220)
})
