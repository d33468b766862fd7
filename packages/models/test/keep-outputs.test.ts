import { readFileSync } from 'node:fs'
import { ModelLoadError } from '@retinaface/core'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { TINY_DETECTOR_URL } from '../../../fixtures/tiny-detector.ts'
import { keepOutputs } from '../src/keep-outputs.ts'
import { mnet025Slim } from '../src/research.ts'

const model = new Uint8Array(readFileSync(mnet025Slim.url))
const options: InferenceSession.SessionOptions = { intraOpNumThreads: 1, logSeverityLevel: 3 }
const coarse = ['face_rpn_stride32', 'face_rpn_stride16']

describe('keepOutputs', () => {
  test('gives a network with these outputs, of the same values bit for bit', async () => {
    const pixels = Float32Array.from({ length: 3 * 64 * 96 }, (_, i) => (i * 37) % 256)
    const data = new Tensor('float32', pixels, [1, 3, 64, 96])
    const [whole, part] = await Promise.all([
      InferenceSession.create(model, options),
      InferenceSession.create(keepOutputs(model, coarse), options),
    ])
    expect(part.outputNames).toEqual(coarse)
    expect(part.inputNames).toEqual(['data'])
    const expected = await whole.run({ data }, coarse)
    const outputs = await part.run({ data })
    for (const name of coarse) expect(outputs[name]!.data).toEqual(expected[name]!.data)
    await Promise.all([whole.release(), part.release()])
  })

  test('leaves nodes out that nothing needs', () => {
    expect(nodeNames(model)).toContain('rf_c1_aggr_relu_linear')
    expect(nodeNames(keepOutputs(model, coarse))).not.toContain('rf_c1_aggr_relu_linear')
    expect(nodeNames(keepOutputs(model, coarse))).toContain('rf_c2_aggr_relu_linear')
  })

  test('says which outputs are missing and which there are', () => {
    const tiny = new Uint8Array(readFileSync(TINY_DETECTOR_URL))
    const names = ['face_rpn_cls_prob', 'none']
    expect(() => keepOutputs(tiny, names)).toThrow(ModelLoadError)
    expect(() => keepOutputs(tiny, names)).toThrow(/has no output face_rpn_cls_prob, none; it has /)
  })

  test('says so when the bytes are no network', () => {
    for (const bytes of [[], [0x3a, 0x7f, 1], [0xff, 0xff], [0x3b, 0], [0x08, 0x07]]) {
      expect(() => keepOutputs(Uint8Array.from(bytes), ['x'])).toThrow(ModelLoadError)
    }
  })
})

/** Names of what nodes give out, as they stand in the file's text. */
function nodeNames(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
