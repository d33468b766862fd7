import { expect, onTestFinished, test } from 'vitest'
import { defineFaceViewerElement } from '../../src/element/define-face-viewer-element.ts'
import { UnsupportedError } from '../../src/errors/unsupported-error.ts'
import { createFaceViewer } from '../../src/viewer/create-face-viewer.ts'
import { mount, openViewer, pixelsOf } from '../support/pictures.ts'
import { sampleScene } from '../support/sample-scene.ts'

const { photo, faces } = await sampleScene(5)

/** The browser as one that lacks some kinds of contexts. */
function without(...kinds: string[]): void {
  const { prototype } = HTMLCanvasElement
  const { getContext } = prototype
  Object.defineProperty(prototype, 'getContext', {
    configurable: true,
    writable: true,
    value(this: HTMLCanvasElement, kind: string, ...options: never[]) {
      return kinds.includes(kind) ? null : Reflect.apply(getContext, this, [kind, ...options])
    },
  })
  onTestFinished(() => {
    prototype.getContext = getContext
  })
}

test('where WebGL is missing the software rasteriser draws', async () => {
  without('webgl2', 'webgl')
  const viewer = openViewer({ scene: 'overlay', material: 'clay' })
  expect(viewer.renderer).toBe('software')
  viewer.update([], photo)
  const bare = await pixelsOf(viewer)
  viewer.update(faces, photo)
  const drawn = await pixelsOf(viewer)
  expect(drawn.data.filter((value, i) => value !== bare.data[i]).length).toBeGreaterThan(2000)
})

test('where nothing can be drawn the error says what to do, and the element shows its fallback', () => {
  without('webgl2', 'webgl', '2d')
  expect(() => createFaceViewer(mount())).toThrow(UnsupportedError)
  expect(() => createFaceViewer(mount())).toThrow(/neither WebGL 2 nor 2D canvases; show/)
  defineFaceViewerElement()
  const element = document.createElement('retinaface-viewer')
  const problems: unknown[] = []
  element.addEventListener('viewererror', ({ detail }) => problems.push(detail))
  element.innerHTML = '<p slot="fallback">Sorry.</p>'
  mount().append(element)
  expect(element.viewer).toBe(null)
  expect(problems[0]).toBeInstanceOf(UnsupportedError)
  expect(element.querySelector('p')!.offsetHeight).toBeGreaterThan(0)
})
