import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createRetinaFace, type NodeImageSource } from '@retinaface/node'
import { describe, expect, test } from 'vitest'
import { createRecognizer } from '../src/node.ts'
import { testRecognizer } from './recognizer-contract.ts'

const faceApi = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')
const photo: NodeImageSource = join(dirname(faceApi), 'demo', 'sample1.jpg')

describe('a recognizer in Node.js', () => {
  testRecognizer(async () => {
    const retinaface = await createRetinaFace({ threads: 1 })
    return [retinaface, await createRecognizer(retinaface, { threads: 1 })]
  }, photo)
})

describe('createRecognizer', () => {
  const reader = { readImage: () => Promise.reject(new Error('not read')) }

  test.each([
    ['dlib', "'dlib-resnet', or { file, configuration }, for options.embedder"],
    [{ file: 'a.onnx' }, "'dlib-resnet', or { file, configuration }, for options.embedder"],
    [{ file: 'a.onnx', configuration: 'facenet' }, 'one of arcface-insightface, arcface-model-zoo'],
    [{ file: 'none.onnx', configuration: 'sface' }, 'Could not read the model none.onnx'],
  ])('refuses the embedder %j', async (embedder, message) => {
    await expect(createRecognizer(reader, { embedder: embedder as never })).rejects.toThrow(message)
  })

  test('refuses options that it has not', async () => {
    const options = { model: 'dlib-resnet' } as object
    await expect(createRecognizer(reader, options)).rejects.toThrow(
      'no others than embedder, provider, threads',
    )
  })
})
