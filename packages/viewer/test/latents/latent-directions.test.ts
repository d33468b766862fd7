import { readFileSync } from 'node:fs'
import { createMeshDecoder, VERTEX_CHANNELS } from '@retinaface/mesh-decoder'
import { faceTopology, meshDecoder } from '@retinaface/models'
import { expect, test } from 'vitest'
import { latentDirections } from '../../src/latents/latent-directions.ts'
import { symmetricEigen } from '../../src/latents/symmetric-eigen.ts'

const decoder = createMeshDecoder({
  topology: readFileSync(faceTopology.url),
  weights: readFileSync(meshDecoder.url),
})

test('a symmetric matrix is put together again from its eigenvectors', () => {
  const size = 12
  const matrix = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) matrix[i * size + j] = Math.sin(1 + i * j) + Math.cos(i + j)
  }
  const pairs = symmetricEigen(matrix, size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const sum = pairs.reduce(
        (total, { value, vector }) => total + value * vector[i]! * vector[j]!,
        0,
      )
      const product = pairs[i]!.vector.reduce((total, x, k) => total + x * pairs[j]!.vector[k]!, 0)
      expect(sum).toBeCloseTo(matrix[i * size + j]!, 9)
      expect(product).toBeCloseTo(i === j ? 1 : 0, 9)
    }
  }
  const values = pairs.map(({ value }) => value)
  expect(values).toEqual(values.toSorted((a, b) => b - a))
})

test.each(['shape', 'color'] as const)(
  'a step along a direction of %s changes the mean face as much as it says, and the first the most',
  (of) => {
    const directions = latentDirections(decoder, 6, of)
    const changes = directions.map(({ direction }) => changeAlong(direction, of))
    directions.forEach(({ effect }, i) => {
      expect(changes[i]! / effect).toBeGreaterThan(0.9)
      expect(changes[i]! / effect).toBeLessThan(1.1)
    })
    const axes = Array.from({ length: decoder.latentSize }, (_, latent) => {
      const axis = new Float32Array(decoder.latentSize)
      axis[latent] = 1
      return changeAlong(axis, of)
    })
    expect(changes[0]).toBeGreaterThan(Math.max(...axes))
  },
)

test.each([0, 1.5, decoder.latentSize + 1])('%s directions cannot be asked for', (count) => {
  expect(() => latentDirections(decoder, count)).toThrow(
    `Expected a whole number from 1 to ${decoder.latentSize} for count but received ${count}.`,
  )
})

/** Root mean square, over the vertices, of what a small step from the mean face changes. */
function changeAlong(direction: Float32Array, of: 'shape' | 'color'): number {
  const step = 0.5
  const mean = decoder.decode(new Float32Array(decoder.latentSize))
  const moved = decoder.decode(direction.map((x) => x * step))
  let sum = 0
  for (let i = 0; i < mean.length; i++) {
    const isShape = i % VERTEX_CHANNELS < 3
    if (isShape === (of === 'shape')) sum += (moved[i]! - mean[i]!) ** 2
  }
  return Math.sqrt(sum / decoder.vertexCount) / step
}
