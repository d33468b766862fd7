import { alignFace, type PixelImage } from '@retinaface/core'
import { createRetinaFace, type WebImageSource } from '@retinaface/web'
import * as faceApi from '@vladmandic/face-api/dist/face-api.esm.js'
import { describe, expect, test } from 'vitest'
import { DLIB_RESNET } from '../src/index.ts'
import { createRecognizer } from '../src/web.ts'
import { testRecognizer } from './recognizer-contract.ts'

const photo: WebImageSource = new URL(
  '../node_modules/@vladmandic/face-api/demo/sample1.jpg',
  import.meta.url,
)
const models = new URL('../node_modules/@vladmandic/face-api/model/', import.meta.url)

describe('a recognizer in the page', () => {
  testRecognizer(async () => {
    const retinaface = await createRetinaFace()
    return [retinaface, await createRecognizer(retinaface)]
  }, photo)

  test('a face of a photograph is described as face-api.js describes its crop', async () => {
    const retinaface = await createRetinaFace()
    const recognizer = await createRecognizer(retinaface)
    const [face] = await retinaface.detect(photo, { maxFaces: 1, inputSize: 960 })
    const { template } = DLIB_RESNET
    const { image } = alignFace(await retinaface.readImage(photo), face!.landmarks, { template })
    const asItIs = { landmarks: template.points }
    const ours = await recognizer.embed(image, asItIs, { flip: false })
    const theirs = await describeWithFaceApi(image)
    const differences = theirs.map((value, i) => Math.abs(value - ours[i]!))
    expect(Math.max(...differences)).toBeLessThan(1e-4)
    await Promise.all([retinaface.dispose(), recognizer.dispose()])
  })
})

async function describeWithFaceApi({ data, width, height, channels }: PixelImage) {
  const { tf, nets } = faceApi
  // Its types name a part of TensorFlow.js only.
  await (tf as unknown as { setBackend(name: string): Promise<boolean> }).setBackend('cpu')
  await nets.faceRecognitionNet.loadFromUri(models.href)
  const samples = [...data].filter((_, i) => channels === 3 || i % 4 < 3)
  const crop = tf.tensor3d(samples, [height, width, 3])
  const descriptor = await nets.faceRecognitionNet.computeFaceDescriptor(crop)
  return Array.from(descriptor as Float32Array)
}
