import type { LinearLayer } from '@retinaface/core/platform'
import { describe, expect, test } from 'vitest'
import { createRetinaFace } from '../src/create-retinaface.ts'
import { openDenseLayers } from '../src/open-dense-layers.ts'
import { samplePhoto } from './support/pictures.ts'

function layer(inputs: number, outputs: number, seed: number): LinearLayer {
  const noise = (i: number) => Math.sin(seed + 12.9898 * i)
  return {
    weight: Float32Array.from({ length: inputs * outputs }, (_, i) => noise(i)),
    bias: Float32Array.from({ length: outputs }, (_, i) => noise(-i)),
  }
}

/** In double precision. */
function multiply({ weight, bias }: LinearLayer, input: ArrayLike<number>): number[] {
  const inputs = weight.length / bias.length
  return Array.from(bias, (value, row) => {
    let sum = value
    for (let i = 0; i < inputs; i++) sum += weight[row * inputs + i]! * input[i]!
    return sum
  })
}

const rectify = (values: number[]) => values.map((value) => Math.max(0, value))

describe('openDenseLayers', () => {
  test('gives what the layers give in double precision, for any number of faces', async () => {
    const head = [layer(11, 8, 1), layer(8, 7, 2), layer(7, 9, 3)]
    const decoder = layer(6, 12, 4)
    const program = await openDenseLayers({ head, decoder }, 1)
    expect(program.inputs.length).toBeGreaterThan(100)
    for (const faces of [1, 2, 37, program.inputs.length]) {
      program.inputs.forEach((row, face) => {
        row.forEach((_, i) => {
          row[i] = Math.cos(face * 11 + i + faces)
        })
      })
      const { outputs, coarse } = await program.run(faces)
      expect([outputs.length, coarse!.length]).toEqual([faces, faces])
      for (let face = 0; face < faces; face++) {
        const hidden = rectify(multiply(head[0]!, program.inputs[face]!))
        const expected = multiply(head[2]!, rectify(multiply(head[1]!, hidden)))
        const size = Math.max(...expected.map(Math.abs))
        expect(outputs[face]).toHaveLength(9)
        expected.forEach((value, i) => {
          expect(Math.abs(outputs[face]![i]! - value)).toBeLessThan(1e-5 * size)
        })
        expect(coarse![face]).toHaveLength(12)
        multiply(decoder, expected).forEach((value, i) => {
          expect(Math.abs(coarse![face]![i]! - value)).toBeLessThan(1e-4 * size)
        })
      }
    }
    await program.release!()
  })

  test('meshes are the same from pixels in bytes and from planes of floats', async () => {
    const retinaface = await createRetinaFace({ threads: 1 })
    const options = { mesh: true, inputSize: 640, scoreThreshold: 0.9 } as const
    const alone = await retinaface.detect(samplePhoto(5), options)
    // With features the network takes floats, so that the head reads another kind of input.
    const withFeatures = await retinaface.detect(samplePhoto(5), {
      ...options,
      contextFeatures: true,
    })
    expect(alone.length).toBeGreaterThan(2)
    expect(withFeatures).toHaveLength(alone.length)
    alone.forEach(({ mesh }, i) => {
      const other = withFeatures[i]!.mesh!
      const errors = mesh!.positions.map((value, k) => Math.abs(value - other.positions[k]!))
      expect(Math.max(...errors)).toBeLessThan(0.01)
      const colors = mesh!.colors.map((value, k) => Math.abs(value - other.colors[k]!))
      expect(Math.max(...colors)).toBeLessThan(1e-3)
    })
    await retinaface.dispose()
  })
})
