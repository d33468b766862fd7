import { readTensorFile, WeightFileError } from '@retinaface/mesh-decoder'
import { describe, expect, test } from 'vitest'
import { LandmarkRefinement } from '../../src/dense/landmark-refinement.ts'
import { ModelMismatchError } from '../../src/errors/detector-errors.ts'
import { candidateOf, expectNear, type GoldenFace, mapsOf, read } from './golden-faces.ts'

interface Golden {
  readonly white?: number
  readonly faces: readonly GoldenFace[]
  readonly refined: number[][][]
}

const weights = read('packages/models/weights/retinaface-500m-landmarks.safetensors')
const head = read('packages/models/weights/retinaface-500m-dense-head.safetensors')
const golden = JSON.parse(
  read('fixtures/retinaface-500m-landmarks-golden.json').toString(),
) as Golden
const maps = mapsOf(readTensorFile(head), golden.white)
const candidates = golden.faces.map(candidateOf)

describe.each(['wasm-simd', 'javascript'] as const)('LandmarkRefinement in %s', (backend) => {
  const refinement = new LandmarkRefinement(weights, backend)

  test('gives what PyTorch gives', async () => {
    const refined = await refinement.refine(candidates, maps)
    for (const [i, face] of golden.refined.entries()) expectNear(refined[i]!, face.flat(), 1e-4)
  })

  test('gives the same of many faces as of each', async () => {
    const many = Array.from({ length: 41 }, (_, i) => candidates[i % 2]!)
    const refined = await refinement.refine(many, maps)
    expect(refined).toHaveLength(41)
    for (const [i, face] of refined.entries()) expectNear(face, golden.refined[i % 2]!.flat(), 1e-4)
  })

  test('names a tensor that is missing', async () => {
    await expect(refinement.refine(candidates, new Map())).rejects.toThrow(ModelMismatchError)
  })
})

test('the weight file of a dense head is refused', () => {
  expect(() => new LandmarkRefinement(head)).toThrow(WeightFileError)
})
