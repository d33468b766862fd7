import { type Face, type FaceDetector, intersectionOverUnion } from '@retinaface/core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRetinaFace } from '../src/create-retinaface.ts'
import type { NodeImageSource } from '../src/read-image.ts'
import { samplePhoto } from './support/pictures.ts'

let mnet025: FaceDetector<NodeImageSource>
let own: FaceDetector<NodeImageSource>
beforeAll(async () => {
  mnet025 = await createRetinaFace({ model: 'mnet025', threads: 1 })
  own = await createRetinaFace({ threads: 1 })
})
afterAll(async () => {
  await Promise.all([mnet025, own].map((detector) => detector.dispose()))
})

describe('retinaface-500m', () => {
  test('in 8-bit integers finds the sure faces near to where they are, with meshes as good', async () => {
    const int8 = await createRetinaFace({ precision: 'int8', threads: 1 })
    const options = { inputSize: 1024, mesh: true }
    let worst = 0
    for (const sample of [1, 3, 6] as const) {
      const expected = await own.detect(samplePhoto(sample), { ...options, scoreThreshold: 0.8 })
      const found = await int8.detect(samplePhoto(sample), options)
      for (const face of expected) {
        const match = found.find(({ box }) => intersectionOverUnion(face.box, 0, box, 0) > 0.6)
        const size = face.box[2] - face.box[0]
        const apart = match!.mesh!.positions.map((value, i) => value - face.mesh!.positions[i]!)
        worst = Math.max(worst, Math.max(...apart.map(Math.abs)) / size)
      }
    }
    // Another network, whose meshes lie within a tenth of the face everywhere.
    expect(worst).toBeGreaterThan(1e-3)
    expect(worst).toBeLessThan(0.1)
    await int8.dispose()
  })

  test('gives the context features of each level', async () => {
    const faces = await own.detect(samplePhoto(1), { inputSize: 640, contextFeatures: true })
    expect(faces.length).toBeGreaterThan(1)
    for (const { contextFeatures } of faces) {
      expect(contextFeatures).toHaveLength(64)
      expect(contextFeatures!.some((value) => value > 0)).toBe(true)
    }
  })

  test.each([1, 3, 6] as const)('finds the sure faces of mnet025 on sample %i', async (sample) => {
    const expected = await mnet025.detect(samplePhoto(sample), {
      inputSize: 1024,
      scoreThreshold: 0.8,
    })
    const found = await own.detect(samplePhoto(sample), { inputSize: 1024 })
    expect(expected.length).toBeGreaterThan(0)
    for (const face of expected) {
      const match = found.find(({ box }) => intersectionOverUnion(face.box, 0, box, 0) > 0.6)
      expect(match, `the face at ${face.box}`).toBeDefined()
    }
  })

  test.each([320, 640])('finds a face that fills a picture of %i pixels once', async (width) => {
    const [face] = await own.detect(samplePhoto(6), { inputSize: 1024 })
    const [x1, y1, x2, y2] = face!.box
    const side = Math.round(1.3 * (y2 - y1))
    const left = Math.max(0, Math.round((x1 + x2 - side) / 2))
    const top = Math.max(0, Math.round((y1 + y2 - side) / 2))
    const portrait = await sharp(samplePhoto(6))
      .extract({ left, top, width: side, height: side })
      .resize(width, width)
      .png()
      .toBuffer()
    const found = await own.detect(portrait, { inputSize: 'original' })
    expect(found).toHaveLength(1)
    const [, upper, , lower] = found[0]!.box
    expect(lower - upper).toBeGreaterThan(0.6 * width)
  })

  test.each([3, 6] as const)(
    'finds landmarks near those of mnet025 on sample %i, in the mirrored picture too',
    async (sample) => {
      const options = { inputSize: 1024, scoreThreshold: 0.8 }
      const expected = await mnet025.detect(samplePhoto(sample), options)
      for (const flip of [false, true]) {
        const found = await own.detect(samplePhoto(sample), { ...options, flip })
        const apart = expected.flatMap((face) => {
          const match = found.find(({ box }) => intersectionOverUnion(face.box, 0, box, 0) > 0.6)
          return match ? [landmarkDistance(face, match)] : []
        })
        expect(apart.length).toBeGreaterThan(0.8 * expected.length)
        expect(meanOf(apart)).toBeLessThan(0.06)
      }
    },
  )

  test('gives each face a mesh near that of mnet025, within 6 % of the face', async () => {
    const options = { inputSize: 1024, scoreThreshold: 0.8, mesh: true }
    const expected = await mnet025.detect(samplePhoto(6), options)
    const found = await own.detect(samplePhoto(6), options)
    for (const face of expected) {
      const match = found.find(({ box }) => intersectionOverUnion(face.box, 0, box, 0) > 0.6)
      const size = Math.sqrt((face.box[2] - face.box[0]) * (face.box[3] - face.box[1]))
      expect(meanDistance(match!.mesh!.positions, face.mesh!.positions) / size).toBeLessThan(0.06)
    }
  })
})

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Mean over the five landmarks, as a share of the distance of the eyes. */
function landmarkDistance({ landmarks }: Face, other: Face): number {
  const [right, left] = landmarks
  const apart = landmarks.map(([x, y], i) => {
    const [otherX, otherY] = other.landmarks[i]!
    return Math.hypot(x - otherX, y - otherY)
  })
  const eyes = Math.hypot(right[0] - left[0], right[1] - left[1])
  return meanOf(apart) / eyes
}

/** Over all vertices, in the picture's plane. */
function meanDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const vertices = a.length / 3
  const distances = Array.from({ length: vertices }, (_, i) =>
    Math.hypot(a[3 * i]! - b[3 * i]!, a[3 * i + 1]! - b[3 * i + 1]!),
  )
  return meanOf(distances)
}
