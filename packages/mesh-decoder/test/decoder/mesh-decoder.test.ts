import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { createMeshDecoder } from '../../src/decoder/create-mesh-decoder.ts'
import type { LayerDescription } from '../../src/decoder/decoder-architecture.ts'
import type { MeshDecoder } from '../../src/decoder/mesh-decoder.ts'
import { type PlainDecoder, plainDecoder } from '../../src/decoder/plain-decoder.ts'
import { resolveNetwork } from '../../src/decoder/resolve-network.ts'
import { InvalidArgumentError } from '../../src/errors/retinaface-error.ts'
import { readTensorFile } from '../../src/weights/read-tensor-file.ts'
import { largeTopology, smallTopology } from '../topology/grid-mesh.ts'
import { decoderLayers } from './architectures.ts'
import { randomNumbers, randomWeightFile } from './random-weights.ts'

const topology = smallTopology()
const levelCounts = [8, 24, 63, 221]
const backends = ['wasm-simd', 'javascript'] as const

/** Up-samplings in a row, at the end, and convolutions without one. */
const irregular: LayerDescription[] = [
  { type: 'linear', in: 5, out: [8, 3], activation: 'elu' },
  { type: 'chebyshev', level: 0, in: 3, out: 7, K: 3, activation: 'relu' },
  { type: 'upsample', level: 0 },
  { type: 'upsample', level: 1 },
  { type: 'chebyshev', level: 2, in: 7, out: 18, K: 2, activation: 'none' },
  { type: 'chebyshev', level: 2, in: 18, out: 6, K: 1, activation: 'leaky_relu' },
  { type: 'upsample', level: 2 },
]

const KINKED = ['relu', 'leaky_relu'] as const
const SMOOTH = ['none', 'elu'] as const

const shape = fc.record({
  latentSize: fc.integer({ min: 1, max: 19 }),
  K: fc.integer({ min: 1, max: 7 }),
  channels: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 3, maxLength: 3 }),
  seed: fc.integer(),
})

describe.each(backends)('%s', (backend) => {
  test.prop({ shape, activation: fc.constantFrom(...KINKED, ...SMOOTH) }, { numRuns: 30 })(
    'decodes as the plain decoder does, to 1e-5',
    ({ shape, activation }) => {
      const layers = decoderLayers(levelCounts, shape.channels, { ...shape, activation })
      compare(topology, layers, shape.seed, expectSameFace)
    },
  )

  // Rounding can take a value across a kink, and so change the gradient: these are fixed examples.
  test.prop({ shape, activation: fc.constantFrom(...SMOOTH) }, { numRuns: 30 })(
    'has the gradients of the plain decoder, to 1e-5',
    ({ shape, activation }) => {
      const layers = decoderLayers(levelCounts, shape.channels, { ...shape, activation })
      compare(topology, layers, shape.seed, expectSameGradient)
    },
  )

  it.each(KINKED)('has the gradients of the plain decoder with %s, to 1e-5', (activation) => {
    const layers = decoderLayers(levelCounts, [9, 16, 5], { latentSize: 6, K: 4, activation })
    compare(topology, layers, 8, expectSameGradient)
  })

  it('agrees with the plain decoder for layers in any order', () => {
    compare(topology, irregular, 3, expectSameFace)
    compare(topology, irregular, 3, expectSameGradient)
  })

  it('agrees with the plain decoder at the size of the face', () => {
    const layers = decoderLayers([8, 30, 117, 475, 1813], [64, 48, 32, 16], {
      latentSize: 128,
      K: 6,
      activation: 'elu',
    })
    compare(largeTopology(), layers, 5, expectSameFace)
    compare(largeTopology(), layers, 5, expectSameGradient)
  })

  it('recovers from a latent that is not finite', () => {
    const { decoder, latent } = example()
    const expected = decoder.decode(latent)
    decoder.decode(latent.map(() => Number.NaN))
    expect(decoder.decode(latent)).toEqual(expected)
    const gradient = decoder.backward(latent, expected)
    decoder.backward(
      latent.map(() => Number.POSITIVE_INFINITY),
      expected,
    )
    expect(decoder.backward(latent, expected)).toEqual(gradient)
  })

  it('has gradients that agree with finite differences of the plain decoder', () => {
    const { decoder, plain, latent } = example()
    const next = randomNumbers(11)
    const weights = Float32Array.from({ length: 221 * 6 }, next)
    const loss = (at: Float64Array) =>
      plain.decode(at).reduce((sum, v, i) => sum + v * weights[i]!, 0)
    const at = Float64Array.from(latent)
    decoder.backward(latent, weights).forEach((value, i) => {
      const numeric = (loss(at.with(i, at[i]! + 1e-5)) - loss(at.with(i, at[i]! - 1e-5))) / 2e-5
      expect(Math.abs(value - numeric)).toBeLessThan(1e-3 * Math.max(1, Math.abs(numeric)))
    })
  })

  function example() {
    const weights = readTensorFile(randomWeightFile(irregular, 221))
    const latent = Float32Array.from({ length: 5 }, randomNumbers(2))
    const decoder = createMeshDecoder({ topology, weights, backend })
    return { decoder, plain: plainDecoder(resolveNetwork(topology, weights)), latent }
  }

  function compare(
    on: typeof topology,
    layers: LayerDescription[],
    seed: number,
    expectSame: (decoder: MeshDecoder, plain: PlainDecoder, next: () => number) => void,
  ): void {
    const weights = readTensorFile(randomWeightFile(layers, on.uv.length / 2, seed))
    const decoder = createMeshDecoder({ topology: on, weights, backend })
    const plain = plainDecoder(resolveNetwork(on, weights))
    const next = randomNumbers(seed + 1)
    for (let face = 0; face < 2; face++) expectSame(decoder, plain, next)
  }
})

function expectSameFace(decoder: MeshDecoder, plain: PlainDecoder, next: () => number): void {
  const latent = Float32Array.from({ length: decoder.latentSize }, next)
  expectClose(decoder.decode(latent), plain.decode(latent))
}

/** For a loss of unit size: its derivatives by the outputs have length 1 or so. */
function expectSameGradient(decoder: MeshDecoder, plain: PlainDecoder, next: () => number): void {
  const latent = Float32Array.from({ length: decoder.latentSize }, next)
  const length = decoder.vertexCount * 6
  const gradOutput = Float32Array.from({ length }, () => next() / Math.sqrt(length))
  expectClose(decoder.backward(latent, gradOutput), plain.backward(latent, gradOutput))
}

describe('a mesh decoder', () => {
  const layers = decoderLayers(levelCounts, [8, 8, 8], {
    latentSize: 4,
    K: 3,
    activation: 'relu',
  })
  const decoder = createMeshDecoder({ topology, weights: randomWeightFile(layers, 221) })

  it('says how long its latent is and how many vertices it gives', () => {
    expect([decoder.latentSize, decoder.vertexCount]).toEqual([4, 221])
    expect(decoder.decode(new Float32Array(4)).length).toBe(221 * 6)
  })

  it('writes into the arrays it is given', () => {
    const [latent, vertices, gradient] = [4, 221 * 6, 4].map((n) => new Float32Array(n).fill(1))
    expect(decoder.decode(latent!, vertices)).toBe(vertices)
    expect(vertices).toEqual(decoder.decode(latent!))
    expect(decoder.backward(latent!, vertices!, gradient)).toBe(gradient)
    expect(gradient).toEqual(decoder.backward(latent!, vertices!))
  })

  it('names an argument of the wrong length', () => {
    const [short, vertices] = [new Float32Array(3), new Float32Array(221 * 6)]
    const latent = new Float32Array(4)
    expect(() => decoder.decode(short)).toThrow('Expected a Float32Array of 4 for latent')
    expect(() => decoder.decode(latent, short)).toThrow('for dst but received a Float32Array of 3')
    expect(() => decoder.backward(short, vertices)).toThrow('for latent')
    expect(() => decoder.backward(latent, short)).toThrow('for gradOutput')
    expect(() => decoder.backward(latent, vertices, short)).toThrow(InvalidArgumentError)
  })
})

/** To 1e-5 of the largest value, as rounding grows with the values that are summed. */
function expectClose(actual: Float32Array, expected: Float64Array): void {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
  const error = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0)
  expect(error / largest).toBeLessThan(1e-5)
}
