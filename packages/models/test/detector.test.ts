import { InferenceSession, Tensor } from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildDetector } from '../scripts/build-detector.ts'
import { mnet025, mnet025V1 } from '../src/research.ts'
import { originalNetwork } from './support/original-network.ts'

const strides = [32, 16, 8]
const heads = { cls_prob_reshape: 4, bbox_pred: 8, landmark_pred: 20 }
const options: InferenceSession.SessionOptions = { intraOpNumThreads: 1, logSeverityLevel: 3 }

/** Noise of 0..255 that is the same each time. */
function noise(height: number, width: number): Tensor {
  let state = 1
  const data = Float32Array.from({ length: 3 * height * width }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 24
  })
  return new Tensor('float32', data, [1, 3, height, width])
}

describe.each([mnet025, mnet025V1])('the built $id', (model) => {
  let built: InferenceSession
  let original: InferenceSession
  beforeAll(async () => {
    built = await InferenceSession.create(await buildDetector(model.source), options)
    original = await InferenceSession.create(originalNetwork(model), options)
  })
  afterAll(async () => {
    await built.release()
    await original.release()
  })

  test.each([
    [480, 640],
    [256, 320],
    [768, 1024],
    [32, 96],
  ])(
    'runs at a height of %i and a width of %i, heads and context features of that size',
    async (height, width) => {
      const outputs = await built.run({ data: noise(height, width) })
      for (const stride of strides) {
        const cells = [height / stride, width / stride]
        for (const [head, channels] of Object.entries(heads)) {
          expect(outputs[`face_rpn_${head}_stride${stride}`]?.dims).toEqual([1, channels, ...cells])
        }
        const features = outputs[`rf_head_stride${stride}_concat_relu`]
        expect(features?.dims).toEqual([1, 64, ...cells])
        expect((features!.data as Float32Array).some((value) => value > 0)).toBe(true)
      }
    },
  )

  test('gives at the declared size what the original gives', async () => {
    const [, , height, width] = shapeOf(original.inputMetadata[0]!)
    const data = noise(Number(height), Number(width))
    const expected = await original.run({ data })
    const outputs = await built.run({ data })
    expect(Object.keys(expected)).toHaveLength(9)
    for (const [name, { data: values }] of Object.entries(expected)) {
      const got = outputs[name]!.data as Float32Array
      const worst = (values as Float32Array).reduce((max, value, i) => {
        return Math.max(max, Math.abs(value - got[i]!))
      }, 0)
      expect(worst).toBeLessThan(1e-5)
    }
  })

  test('names its dimensions, so that runtimes do not warn about other sizes', () => {
    const shapes = [...built.inputMetadata, ...built.outputMetadata].map(shapeOf)
    expect(shapes[0]).toEqual([1, 3, 'height', 'width'])
    for (const shape of shapes)
      expect(shape.slice(2).map((size) => typeof size)).toEqual(['string', 'string'])
  })
})

function shapeOf(metadata: InferenceSession.ValueMetadata): readonly (number | string)[] {
  return metadata.isTensor ? metadata.shape : []
}
