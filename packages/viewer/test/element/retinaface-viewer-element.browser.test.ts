import { expect, test } from 'vitest'
import { defineFaceViewerElement } from '../../src/element/define-face-viewer-element.ts'
import type { RetinaFaceViewerElement } from '../../src/element/retinaface-viewer-element.ts'
import { meanDifference, mount, pixelsOf } from '../support/pictures.ts'
import { sampleScene } from '../support/sample-scene.ts'

defineFaceViewerElement()
const { photo, faces } = await sampleScene(5)

function place(html: string): RetinaFaceViewerElement {
  const container = mount()
  container.innerHTML = html
  return container.querySelector('retinaface-viewer')!
}

test('attributes are options, and options are attributes', () => {
  const element = place(
    '<retinaface-viewer scene="overlay" pose-axes comparison="0.25"></retinaface-viewer>',
  )
  expect(element.viewer!.options).toMatchObject({
    scene: 'overlay',
    poseAxes: true,
    comparison: 0.25,
  })
  element.setAttribute('material', 'clay')
  element.removeAttribute('pose-axes')
  expect(element.viewer!.options).toMatchObject({ material: 'clay', poseAxes: false })
  element.viewer!.setOptions({ light: 'studio', anchors: true })
  expect(element.getAttribute('light')).toBe('studio')
  expect(element.hasAttribute('anchors')).toBe(true)
})

test('properties reflect, and refuse what an option may not be', () => {
  const element = place('<retinaface-viewer></retinaface-viewer>')
  element.scene = 'standing'
  element.autoTurn = true
  expect(element.getAttribute('scene')).toBe('standing')
  expect(element.hasAttribute('auto-turn')).toBe(true)
  expect(() => {
    element.scene = 'beach' as 'single'
  }).toThrow(/options\.scene/)
  expect(element.scene).toBe('standing')
  element.options = { material: 'depth' }
  expect(element.options).toMatchObject({ scene: 'single', material: 'depth', autoTurn: false })
})

test('attributes that HTML does not know count as if they were not there', () => {
  const element = place(
    '<retinaface-viewer scene="beach" comparison="much" background="nope"></retinaface-viewer>',
  )
  expect(element.viewer!.options).toMatchObject({
    scene: 'single',
    comparison: 0,
    background: 'transparent',
  })
})

test('faces that are set are shown, and the slot for none goes away and comes back', async () => {
  const element = place('<retinaface-viewer><p slot="empty">None yet.</p></retinaface-viewer>')
  const notice = element.querySelector('p')!
  expect(notice.offsetHeight).toBeGreaterThan(0)
  const before = await pixelsOf(element.viewer!)
  element.faces = faces
  element.image = photo
  await Promise.resolve()
  expect(notice.offsetHeight).toBe(0)
  expect(meanDifference(before, await pixelsOf(element.viewer!))).toBeGreaterThan(1)
  element.faces = null
  await Promise.resolve()
  expect(notice.offsetHeight).toBeGreaterThan(0)
})

test('what was set before the element was defined or shown counts', async () => {
  const element = document.createElement('retinaface-viewer')
  element.faces = faces
  element.scene = 'overlay'
  expect(element.viewer).toBe(null)
  mount().append(element)
  expect(element.viewer!.options.scene).toBe('overlay')
  expect(element.viewer!.canvas.ariaLabel).toBe('5 faces')
})

test('events bubble out of the element, and errors are told rather than thrown', async () => {
  const element = place('<retinaface-viewer></retinaface-viewer>')
  const told: unknown[] = []
  for (const type of ['faceselect', 'optionschange', 'viewererror'] as const) {
    element.parentElement!.addEventListener(type, (event) => {
      told.push([type, (event as CustomEvent).detail])
    })
  }
  element.faces = faces
  await Promise.resolve()
  element.viewer!.focusFace(1)
  element.material = 'clay'
  element.faces = [{ ...faces[0]!, camera: new Float32Array(1) }]
  await Promise.resolve()
  expect(told).toEqual([
    ['faceselect', { index: 1 }],
    ['optionschange', expect.objectContaining({ material: 'clay' })],
    ['viewererror', expect.objectContaining({ argument: 'faces[0].camera' })],
  ])
})

test('options that change together are told once, as they are', () => {
  const element = place('<retinaface-viewer></retinaface-viewer>')
  const told: unknown[] = []
  element.addEventListener('optionschange', ({ detail }) => told.push(detail))
  element.viewer!.setOptions({ scene: 'overlay', material: 'photo', landmarks: true })
  expect(told).toEqual([
    expect.objectContaining({ scene: 'overlay', material: 'photo', landmarks: true }),
  ])
  element.options = { scene: 'standing', material: 'clay' }
  expect(told).toHaveLength(2)
  expect(told[1]).toMatchObject({ scene: 'standing', material: 'clay', landmarks: false })
  expect(element.viewer!.options).toEqual(element.options)
})

test('the canvas keeps the focus when the decoder is set', () => {
  const element = place('<retinaface-viewer></retinaface-viewer>')
  const focused = () => element.shadowRoot!.activeElement
  element.viewer!.canvas.focus()
  element.decoder = { latentSize: 1, vertexCount: 1 } as never
  expect(focused()).toBe(element.viewer!.canvas)
  element.viewer!.canvas.blur()
  element.decoder = null
  expect(focused()).toBe(null)
})

test('an element that is taken out frees its viewer, and has another when it is put back', () => {
  const element = place('<retinaface-viewer></retinaface-viewer>')
  element.update(faces, photo)
  const parent = element.parentElement!
  const { viewer } = element
  element.remove()
  expect(element.viewer).toBe(null)
  expect(() => viewer!.resetView()).toThrow('This viewer was disposed')
  parent.append(element)
  expect(element.viewer).not.toBe(viewer)
  expect(element.viewer!.canvas.ariaLabel).toBe('5 faces')
})
