import { type Face, type FaceDetector, intersectionOverUnion } from '@retinaface/core'
import { mnet025 } from '@retinaface/models'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRetinaFace } from '../src/create-retinaface.ts'
import type { NodeImageSource } from '../src/read-image.ts'
import { samplePhoto } from './support/pictures.ts'

const samples = [1, 2, 3, 4, 5, 6] as const
// The original network on the same pixels: its own graph, its own softmax.
const original = { file: mnet025.url, configuration: 'mnet025', sha256: mnet025.sha256 }

let reference: FaceDetector<NodeImageSource>
let float32: FaceDetector<NodeImageSource>
let int8: FaceDetector<NodeImageSource>
beforeAll(async () => {
  reference = await createRetinaFace({ model: original, threads: 1 })
  float32 = await createRetinaFace({ threads: 1 })
  int8 = await createRetinaFace({ precision: 'int8', threads: 1 })
})
afterAll(async () => {
  await Promise.all([reference, float32, int8].map((detector) => detector.dispose()))
})

const numbers = ({ box, landmarks }: Face) => [...box, ...landmarks.flat()]

function sameFace(face: Face, others: readonly Face[]): Face | undefined {
  return others.find(({ box }) => intersectionOverUnion(face.box, 0, box, 0) > 0.6)
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)))
}

describe('the float32 network in fewer steps', () => {
  test.each(samples)(
    'gives the faces of the original on sample %i, to 0.001 pixels and 0.000005 of score',
    async (sample) => {
      const options = { inputSize: 1024, scoreThreshold: 0.3 }
      const expected = await reference.detect(samplePhoto(sample), options)
      const found = await float32.detect(samplePhoto(sample), options)
      expect(found).toHaveLength(expected.length)
      expected.forEach((face, i) => {
        expect(largestDifference(numbers(found[i]!), numbers(face))).toBeLessThan(1e-3)
        expect(Math.abs(found[i]!.score - face.score)).toBeLessThan(5e-6)
        expect(found[i]!.anchor).toMatchObject({
          stride: face.anchor.stride,
          row: face.anchor.row,
          column: face.anchor.column,
          index: face.anchor.index,
        })
      })
    },
  )

  test('gives the features of the original', async () => {
    const options = { inputSize: 640, contextFeatures: true }
    const [expected] = await reference.detect(samplePhoto(1), options)
    const [found] = await float32.detect(samplePhoto(1), options)
    expect(
      largestDifference([...found!.contextFeatures!], [...expected!.contextFeatures!]),
    ).toBeLessThan(1e-4)
  })
})

describe('precision int8', () => {
  test('finds the sure faces of float32, near to where they are, and is another network', async () => {
    let worst = 0
    for (const sample of samples) {
      const options = { inputSize: 1024, scoreThreshold: 0.5 }
      const expected = await float32.detect(samplePhoto(sample), {
        ...options,
        scoreThreshold: 0.8,
      })
      const found = await int8.detect(samplePhoto(sample), options)
      for (const face of expected) {
        const match = sameFace(face, found)
        expect(match, `sample ${sample}: the face at ${face.box}`).toBeDefined()
        const size = face.box[2] - face.box[0]
        worst = Math.max(worst, largestDifference(numbers(match!), numbers(face)) / size)
      }
    }
    expect(worst).toBeGreaterThan(1e-4)
    expect(worst).toBeLessThan(0.12)
  })

  test('meshes and features come from float32 all the same', async () => {
    const options = { inputSize: 640, contextFeatures: true, mesh: true }
    const expected = await float32.detect(samplePhoto(1), options)
    const found = await int8.detect(samplePhoto(1), options)
    expect(found.map(numbers)).toEqual(expected.map(numbers))
    const ends = ({ contextFeatures, mesh }: Face) => [contextFeatures![0], mesh!.positions.at(-1)]
    expect(found.map(ends)).toEqual(expected.map(ends))
  })
})

describe('minFaceSize', () => {
  test.each([
    ['float32', () => float32],
    ['int8', () => int8],
  ] as const)('of 48 leaves the finest level out with %s', async (_, detector) => {
    const { width, height } = await detector().readImage(samplePhoto(6))
    // So many pixels of the photograph are 48 of the network's input.
    const limit = Math.ceil((48 * Math.max(width, height)) / 480)
    // Every candidate, so that those of the finest level suppress no others.
    const options = { inputSize: 480, scoreThreshold: 0.3, nmsThreshold: 1 }
    const detect = (minFaceSize: number) =>
      detector().detect(samplePhoto(6), { ...options, minFaceSize })
    const all = await detect(limit - 1)
    const coarse = await detect(limit)
    const strides = (faces: readonly Face[]) => new Set(faces.map(({ anchor }) => anchor.stride))
    expect(strides(coarse)).not.toContain(8)
    const expected = all.filter(
      ({ anchor, box }) => anchor.stride > 8 && Math.max(box[2] - box[0], box[3] - box[1]) >= limit,
    )
    expect(coarse).toEqual(expected)
    expect(expected.length).toBeGreaterThan(1)
  })
})
