import { readMeshTopology, readMorphTargets } from '@retinaface/mesh-decoder'
import { expressionTargets, faceTopology } from '@retinaface/models'
import { expect, test } from 'vitest'
import { loadBytes, loadDecoder } from '../support/face-model.ts'
import { meanDifference, openViewer, pixelsOf } from '../support/pictures.ts'
import { sampleScene } from '../support/sample-scene.ts'

const { photo, faces } = await sampleScene(5)
const topology = readMeshTopology(await loadBytes(faceTopology.url))
const targets = readMorphTargets(await loadBytes(expressionTargets.url), topology)
const decoder = await loadDecoder()
const found = faces.map((face) => ({ ...face, expressions: { jawOpen: 0.3, mouthSmileLeft: 0.5 } }))

/** The lowest point of a face, centimetres: an open jaw moves the chin. */
async function lowestPoint(viewer: ReturnType<typeof openViewer>): Promise<number> {
  const [file] = await viewer.exportFace('obj', 0)
  const heights = (await file!.blob.text()).matchAll(/^v \S+ (\S+)/gm)
  return Math.min(...Array.from(heights, ([, y]) => Number(y)))
}

test('the jaw opens and closes, and the found expression gives the found face back', async () => {
  const viewer = openViewer({ targets })
  viewer.update(found, photo)
  const before = { pixels: await pixelsOf(viewer), chin: await lowestPoint(viewer) }
  viewer.setExpressions(0, { jawOpen: 1 })
  expect(meanDifference(before.pixels, await pixelsOf(viewer))).toBeGreaterThan(0.5)
  const open = await lowestPoint(viewer)
  expect(open).toBeLessThan(before.chin - 0.5)
  viewer.setExpressions(0, {})
  expect(await lowestPoint(viewer)).toBeGreaterThan(before.chin)
  viewer.setExpressions(0, found[0]!.expressions)
  expect(meanDifference(before.pixels, await pixelsOf(viewer))).toBeLessThan(0.05)
  viewer.update(found, photo)
  expect(await lowestPoint(viewer)).toBeCloseTo(before.chin, 4)
})

test('other latents of a face that was moved have the found expression again', async () => {
  const viewer = openViewer({ targets, decoder })
  viewer.update(found, photo)
  const { latent, expressions } = { ...faces[0]!, ...found[0]! }
  viewer.setLatent(0, latent!)
  const chin = await lowestPoint(viewer)
  viewer.setExpressions(0, { jawOpen: 1 })
  viewer.setLatent(0, latent!)
  expect(await lowestPoint(viewer)).toBeCloseTo(chin, 4)
  viewer.setExpressions(0, expressions)
  expect(await lowestPoint(viewer)).toBeCloseTo(chin, 3)
})

test('a GLB has the targets, set as the face is shown', async () => {
  const viewer = openViewer({ targets })
  viewer.update(found, photo)
  viewer.setExpressions(0, { jawOpen: 0.75 })
  const [file] = await viewer.exportFace('glb', 0)
  const bytes = await file!.blob.arrayBuffer()
  const length = new DataView(bytes).getUint32(12, true)
  const { meshes } = JSON.parse(new TextDecoder().decode(bytes.slice(20, 20 + length)))
  expect(meshes[0].extras.targetNames).toEqual(targets.map(({ name }) => name))
  const weights = targets.map(({ name }) => (name === 'jawOpen' ? 0.75 : 0))
  expect(meshes[0].weights).toEqual(weights)
})

test('what is missing or wrong is said', () => {
  const plain = openViewer()
  plain.update(faces, photo)
  expect(() => plain.setExpressions(0, {})).toThrow(/morph targets.*options\.targets/)
  const viewer = openViewer({ targets })
  viewer.update(faces, photo)
  expect(() => viewer.setExpressions(0, { jawopen: 1 })).toThrow(/names of morph targets.*jawopen/)
  expect(() => viewer.setExpressions(0, { jawOpen: Number.NaN })).toThrow('weights.jawOpen')
  expect(() => viewer.setExpressions(9, {})).toThrow('a face with a mesh, of 5 faces')
  const broken = [{ ...faces[0]!, expressions: { jawOpen: Number.NaN } }]
  expect(() => viewer.update(broken, photo)).toThrow('faces[0].expressions.jawOpen')
})
