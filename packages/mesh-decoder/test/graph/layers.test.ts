import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { type Activation, activationLayer } from '../../src/graph/activation.ts'
import { chebyshevLayer } from '../../src/graph/chebyshev-layer.ts'
import type { Layer } from '../../src/graph/layer.ts'
import { linearLayer } from '../../src/graph/linear-layer.ts'
import { scaledLaplacian } from '../../src/graph/scaled-laplacian.ts'
import { upsampleLayer } from '../../src/graph/upsample-layer.ts'
import { randomNumbers } from '../decoder/random-weights.ts'
import { gridMesh, smallTopology } from '../topology/grid-mesh.ts'
import { denseLaplacian, eigen, multiply } from './dense-matrix.ts'

const seed = fc.integer()
const order = fc.integer({ min: 1, max: 7 })
const laplacian = scaledLaplacian(gridMesh(4, 3).triangles, 12)

describe('a Chebyshev layer', () => {
  test.prop({ seed, order })(
    'is the dense polynomial Σ cos(k arccos L̃) x θ_k + b',
    ({ seed, order }) => {
      const { floats, doubles } = generator(seed)
      const [theta, bias, x] = [floats(order * 3 * 2), floats(2), doubles(12 * 3)]
      const { values, vectors } = eigen(denseLaplacian(laplacian))
      const transposed = vectors.map((_, i) => vectors.map((row) => row[i]!))
      const y = chebyshevLayer(laplacian, theta, bias, order).forward(x)
      const expected = Array.from({ length: 12 }, () => [...bias])
      for (let k = 0; k < order; k++) {
        const filtered = values.map((value) =>
          Math.cos(k * Math.acos(Math.min(1, Math.max(-1, value)))),
        )
        const scaled = vectors.map((row) => row.map((value, i) => value * filtered[i]!))
        const thetaK = [0, 1, 2].map((i) => [
          ...theta.subarray((k * 3 + i) * 2, (k * 3 + i) * 2 + 2),
        ])
        const rows = Array.from({ length: 12 }, (_, i) => [...x.subarray(i * 3, i * 3 + 3)])
        multiply(multiply(scaled, multiply(transposed, rows)), thetaK).forEach((row, i) => {
          row.forEach((value, j) => {
            expected[i]![j]! += value
          })
        })
      }
      for (const [i, value] of y.entries()) expect(value).toBeCloseTo(expected[i >> 1]![i & 1]!, 6)
    },
  )

  test.prop({ seed })('of order 1 is a dense layer at each vertex', ({ seed }) => {
    const { floats, doubles } = generator(seed)
    const [theta, bias, x] = [floats(3 * 2), floats(2), doubles(12 * 3)]
    const y = chebyshevLayer(laplacian, theta, bias, 1).forward(x)
    const weight = Float32Array.from(
      { length: 6 },
      (_, i) => theta[(i % 3) * 2 + Math.floor(i / 3)]!,
    )
    const dense = linearLayer(weight, bias)
    for (let row = 0; row < 12; row++) {
      dense.forward(x.slice(row * 3, row * 3 + 3)).forEach((value, i) => {
        expect(y[row * 2 + i]).toBeCloseTo(value, 12)
      })
    }
  })
})

describe('an up-sampling layer', () => {
  it('takes positions to where the topology says, and constants to themselves', () => {
    const [sampling] = smallTopology().upsamplings
    const layer = upsampleLayer(sampling!, 2)
    const y = layer.forward(Float64Array.from({ length: 16 }, (_, i) => (i % 2 ? 7 : 3)))
    expect(y.length).toBe(48)
    for (const [i, value] of y.entries()) expect(value).toBeCloseTo(i % 2 ? 7 : 3, 6)
  })
})

describe('activations', () => {
  it('are what their names say', () => {
    const at = Float64Array.of(-2, -0.5, 0, 3)
    const values = (activation: Activation) => [...activationLayer(activation).forward(at)]
    expect(values({ below: 'slope', slope: 0 })).toEqual([-0, -0, 0, 3])
    expect(values({ below: 'slope', slope: 0.2 })).toEqual([-0.4, -0.1, 0, 3])
    expect(values({ below: 'elu', slope: 0 })).toEqual([Math.expm1(-2), Math.expm1(-0.5), 0, 3])
  })
})

describe('gradients by the input agree with finite differences', () => {
  const layers: [string, number, (floats: (n: number) => Float32Array) => Layer][] = [
    ['linear', 5, (floats) => linearLayer(floats(20), floats(4))],
    ['upsample', 16, () => upsampleLayer(smallTopology().upsamplings[0]!, 2)],
    ['chebyshev', 36, (floats) => chebyshevLayer(laplacian, floats(4 * 3 * 2), floats(2), 4)],
    ['leaky ReLU', 20, () => activationLayer({ below: 'slope', slope: 0.2 })],
    ['ELU', 20, () => activationLayer({ below: 'elu', slope: 0 })],
  ]
  it.each(layers)('%s of %i inputs', (_name, inputs, create) => {
    const { floats, doubles } = generator(7)
    const layer = create(floats)
    const x = doubles(inputs)
    const y = layer.forward(x)
    const weights = doubles(y.length)
    const loss = (at: Float64Array) =>
      layer.forward(at).reduce((sum, v, i) => sum + v * weights[i]!, 0)
    const gradient = layer.backward(x, y, weights)
    const step = 1e-6
    gradient.forEach((value, i) => {
      const numeric = (loss(x.with(i, x[i]! + step)) - loss(x.with(i, x[i]! - step))) / (2 * step)
      expect(Math.abs(value - numeric)).toBeLessThan(1e-3 * Math.max(Math.abs(numeric), 1e-2))
    })
  })
})

function generator(seed: number): {
  floats: (length: number) => Float32Array
  doubles: (length: number) => Float64Array
} {
  const next = randomNumbers(seed)
  return {
    floats: (length) => Float32Array.from({ length }, next),
    doubles: (length) => Float64Array.from({ length }, next),
  }
}
