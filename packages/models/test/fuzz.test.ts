import { ModelLoadError } from '@retinaface/core'
import { expect, test } from 'vitest'
import { damageBytes, fuzzCases } from '../../../fixtures/fuzz.ts'
import { keepOutputs, outputNamesOf } from '../src/keep-outputs.ts'
import { writeModel } from '../src/onnx-writer.ts'
import { damageMessage } from './support/damage-message.ts'

const model = writeModel({
  nodes: [
    { operator: 'Relu', inputs: ['a'], outputs: ['b'] },
    { operator: 'Gemm', inputs: ['b', 'w'], outputs: ['c'], attributes: { transB: 1 } },
  ],
  weights: new Map([['w', { dims: [2, 2], data: Float32Array.of(1, 2, 3, 4) }]]),
  inputs: [{ name: 'a', dims: ['rows', 2] }],
  outputs: [{ name: 'c', dims: ['rows', 2] }],
  operatorSets: { '': 12 },
})

test(
  'damaged networks are read, or are errors that say so',
  () => {
    for (const next of fuzzCases(10_000)) {
      const damaged = next(4) === 0 ? damageBytes(model, next) : damageMessage(model, next)
      for (const read of [
        outputNamesOf,
        (bytes: Uint8Array<ArrayBuffer>) => keepOutputs(bytes, ['c']),
      ]) {
        try {
          read(damaged)
        } catch (error) {
          expect(error).toBeInstanceOf(ModelLoadError)
        }
      }
    }
  },
  Number.POSITIVE_INFINITY,
)
