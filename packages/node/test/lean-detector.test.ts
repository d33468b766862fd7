import { type FaceDetector, intersectionOverUnion } from '@retinaface/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRetinaFace } from '../src/create-retinaface.ts'
import type { NodeImageSource } from '../src/read-image.ts'
import { samplePhoto } from './support/pictures.ts'

let mnet025: FaceDetector<NodeImageSource>
let lean: FaceDetector<NodeImageSource>
beforeAll(async () => {
  mnet025 = await createRetinaFace({ model: 'mnet025', threads: 1 })
  lean = await createRetinaFace({ model: 'mnet025-lean', threads: 1 })
})
afterAll(async () => {
  await Promise.all([mnet025, lean].map((detector) => detector.dispose()))
})

describe('mnet025-lean', () => {
  test.each([1, 2, 3, 4, 5, 6] as const)(
    'finds the sure faces of mnet025 on sample %i, landmarks on average within a tenth of the face',
    async (sample) => {
      const expected = await mnet025.detect(samplePhoto(sample), {
        inputSize: 1024,
        scoreThreshold: 0.8,
      })
      const found = await lean.detect(samplePhoto(sample), { inputSize: 1024 })
      expect(expected.length).toBeGreaterThan(0)
      for (const face of expected) {
        const match = found.find(({ box }) => intersectionOverUnion(face.box, 0, box, 0) > 0.6)
        expect(match, `the face at ${face.box}`).toBeDefined()
        const size = face.box[2] - face.box[0]
        const away = match!.landmarks.map(([x, y], i) => {
          return Math.hypot(x - face.landmarks[i]![0], y - face.landmarks[i]![1]) / size
        })
        expect(away.reduce((sum, share) => sum + share) / 5).toBeLessThan(0.1)
      }
    },
  )

  test('gives each face a mesh where mnet025 has it, within 4 % of the face', async () => {
    const options = { inputSize: 1024, scoreThreshold: 0.8, mesh: true }
    const expected = await mnet025.detect(samplePhoto(6), options)
    const found = await lean.detect(samplePhoto(6), options)
    expect(expected).toHaveLength(4)
    for (const face of expected) {
      const match = found.find(({ box }) => intersectionOverUnion(face.box, 0, box, 0) > 0.6)
      const size = Math.sqrt((face.box[2] - face.box[0]) * (face.box[3] - face.box[1]))
      expect(meanDistance(match!.mesh!.positions, face.mesh!.positions) / size).toBeLessThan(0.04)
    }
  })
})

/** Over all vertices, in the picture's plane. */
function meanDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const vertices = a.length / 3
  const distances = Array.from({ length: vertices }, (_, i) =>
    Math.hypot(a[3 * i]! - b[3 * i]!, a[3 * i + 1]! - b[3 * i + 1]!),
  )
  return distances.reduce((sum, distance) => sum + distance) / vertices
}
