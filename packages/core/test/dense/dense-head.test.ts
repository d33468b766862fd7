import { readTensorFile, WeightFileError } from '@retinaface/mesh-decoder'
import { describe, expect, test } from 'vitest'
import { DenseHead } from '../../src/dense/dense-head.ts'
import { candidateOf, expectNear, type GoldenFace, mapsOf, read } from './golden-faces.ts'

interface Golden {
  readonly white?: number
  readonly faces: readonly GoldenFace[]
  readonly latent: number[][]
  readonly camera: number[][]
  readonly light: number[][]
}

describe.each(['mnet025', 'retinaface-500m'])('the dense head of %s', (name) => {
  const weights = read(`packages/models/weights/${name}-dense-head.safetensors`)
  const golden = JSON.parse(read(`fixtures/${name}-dense-head-golden.json`).toString()) as Golden
  const maps = mapsOf(readTensorFile(weights), golden.white)

  test.each([0, 1])('gives what PyTorch gives for golden face %i', async (i) => {
    const head = new DenseHead(weights)
    const [said] = await head.evaluate([candidateOf(golden.faces[i]!, i)], maps)
    const { latent, camera, light } = said!.parameters
    expectNear(latent, golden.latent[i]!, 1e-4)
    expectNear(camera, golden.camera[i]!, 1e-4)
    expectNear(light, golden.light[i]!, 1e-4)
  })

  test('names the tensors that it reads', () => {
    expect(new DenseHead(weights).tensors).toEqual([...maps.keys()])
  })
})

describe('DenseHead', () => {
  test('refuses the weight file of a decoder', () => {
    const decoder = read('packages/models/weights/mesh-decoder.safetensors')
    expect(() => new DenseHead(decoder)).toThrow(WeightFileError)
  })
})
