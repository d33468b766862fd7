import { readFileSync } from 'node:fs'
import { ModelLoadError } from '@retinaface/core'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { TINY_DETECTOR_URL } from '../../../fixtures/tiny-detector.ts'
import { interleaveInput, retinaface500m } from '../src/index.ts'
import { mnet025Lean, mnet025Slim } from '../src/research.ts'

const options: InferenceSession.SessionOptions = { intraOpNumThreads: 1, logSeverityLevel: 3 }

describe('interleaveInput', () => {
  test.each([mnet025Slim, mnet025Lean, retinaface500m])(
    '$id gives of pixels what it gives of planes',
    async ({ url }) => {
      const model = new Uint8Array(readFileSync(url))
      const planar = await InferenceSession.create(model, options)
      const interleaved = await InferenceSession.create(interleaveInput(model), options)
      expect(interleaved.inputNames).toEqual(planar.inputNames)
      expect(interleaved.outputNames).toEqual(planar.outputNames)
      for (const [height, width] of [
        [64, 128],
        [64, 64],
        [192, 64],
      ] as const) {
        const area = height * width
        const pixels = Uint8Array.from({ length: 3 * area }, (_, i) => (i * 37 + (i >> 5)) % 256)
        const planes = Float32Array.from(
          pixels,
          (_, i) => pixels[3 * (i % area) + Math.floor(i / area)]!,
        )
        const expected = await planar.run({
          data: new Tensor('float32', planes, [1, 3, height, width]),
        })
        const found = await interleaved.run({
          data: new Tensor('uint8', pixels, [1, height, width, 3]),
        })
        for (const name of planar.outputNames) {
          const values = expected[name]!.data as Float32Array
          expect(found[name]!.dims).toEqual(expected[name]!.dims)
          const differences = (found[name]!.data as Float32Array).map((v, i) =>
            Math.abs(v - values[i]!),
          )
          expect(Math.max(...differences)).toBeLessThan(1e-4 * Math.max(1, ...values.map(Math.abs)))
          expect(Math.max(...values)).toBeGreaterThan(0.1)
        }
      }
      await Promise.all([planar.release(), interleaved.release()])
    },
  )

  test('says so when the model begins otherwise, or is none', () => {
    const tiny = new Uint8Array(readFileSync(TINY_DETECTOR_URL))
    for (const bytes of [
      tiny,
      interleaveInput(new Uint8Array(readFileSync(mnet025Slim.url))),
      new Uint8Array(0),
    ]) {
      expect(() => interleaveInput(bytes)).toThrow(ModelLoadError)
    }
  })
})
