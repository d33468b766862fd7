import { expect, test } from 'vitest'
import { latentDirections } from '../../src/latents/latent-directions.ts'
import { loadDecoder } from '../support/face-model.ts'
import { meanDifference, openViewer, pixelsOf } from '../support/pictures.ts'
import { sampleScene } from '../support/sample-scene.ts'

const { photo, faces } = await sampleScene(5)
const decoder = await loadDecoder()

test('latents are decoded anew in place: the face’s own give it back, others another one', async () => {
  const viewer = openViewer({ decoder, scene: 'single' })
  viewer.update(faces, photo)
  const found = await pixelsOf(viewer)
  const own = faces[0]!.latent!
  viewer.setLatent(0, own)
  expect(meanDifference(found, await pixelsOf(viewer))).toBeLessThan(0.2)
  const { direction } = latentDirections(decoder, 1)[0]!
  viewer.setLatent(
    0,
    own.map((value, i) => value + 2 * direction[i]!),
  )
  expect(meanDifference(found, await pixelsOf(viewer))).toBeGreaterThan(1)
})

test('what latents made is exported', async () => {
  const viewer = openViewer({ decoder })
  viewer.update(faces, photo)
  const sizeOf = async () => {
    const [file] = await viewer.exportFace('ply')
    return new Uint8Array(await file!.blob.arrayBuffer())
  }
  const before = await sizeOf()
  viewer.setLatent(0, new Float32Array(decoder.latentSize))
  expect(await sizeOf()).not.toEqual(before)
})

test('without a decoder, and with latents of another length, the error says what is missing', () => {
  const plain = openViewer()
  plain.update(faces, photo)
  expect(() => plain.setLatent(0, faces[0]!.latent!)).toThrow(/mesh decoder.*options\.decoder/)
  const viewer = openViewer({ decoder })
  viewer.update(faces, photo)
  expect(() => viewer.setLatent(0, new Float32Array(3))).toThrow(/latent/)
  expect(() => viewer.setLatent(9, faces[0]!.latent!)).toThrow('a face with a mesh, of 5 faces')
})
