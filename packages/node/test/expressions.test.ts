import type { Face, FaceDetector } from '@retinaface/core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testExpressions } from '../../../fixtures/expressions-contract.ts'
import { createRetinaFace } from '../src/create-retinaface.ts'
import type { NodeImageSource } from '../src/read-image.ts'
import { samplePhoto } from './support/pictures.ts'

describe('expressions in Node.js', () => {
  const photo: NodeImageSource = samplePhoto(5)
  testExpressions(({ id }) => createRetinaFace({ model: id, threads: 1 }), photo)
})

describe('expressions of turned and mirrored pictures', () => {
  let retinaface: FaceDetector<NodeImageSource>
  let faces: Face[]
  const options = { scoreThreshold: 0.8, inputSize: 1024, maxFaces: 4, expressions: true } as const
  beforeAll(async () => {
    retinaface = await createRetinaFace({ model: 'retinaface-500m', threads: 1 })
    faces = await retinaface.detect(samplePhoto(5), options)
  })
  afterAll(() => retinaface.dispose())

  /** Pairs of the faces and those of an altered picture, whose noses `back` takes to the picture. */
  async function pairs(altered: Buffer, back: (x: number, y: number) => [number, number]) {
    const others = await retinaface.detect(altered, { ...options, turns: true, maxFaces: 12 })
    return faces.map((face) => {
      const [x, y] = face.landmarks[2]
      const size = face.box[2] - face.box[0]
      const other = others.find(({ landmarks: [, , [u, v]] }) => {
        const [s, t] = back(u, v)
        return Math.hypot(s - x, t - y) < 0.15 * size
      })
      expect(other).toBeDefined()
      return { face, other: other!, size }
    })
  }

  test('left and right change places in the mirror, and so does the gaze', async () => {
    const { width } = await sharp(samplePhoto(5)).metadata()
    const mirrored = await sharp(samplePhoto(5)).flop().toBuffer()
    let apart = 0
    for (const { face, other, size } of await pairs(mirrored, (x, y) => [width - x, y])) {
      expect(Math.abs(face.gaze![0] + other.gaze![0])).toBeLessThan(0.3)
      expect(Math.abs(face.gaze![1] - other.gaze![1])).toBeLessThan(0.3)
      for (const side of [0, 1] as const) {
        const [x, y] = face.irises![side].centre
        const [u, v] = other.irises![side === 0 ? 1 : 0].centre
        expect(Math.hypot(width - u - x, v - y)).toBeLessThan(0.06 * size)
      }
      apart += Math.abs(face.expressions!.mouthSmileLeft - other.expressions!.mouthSmileRight)
    }
    expect(apart / faces.length).toBeLessThan(0.25)
  })

  test.each([90, 180, 270])('irises and gaze are turned with the face, at %i°', async (degrees) => {
    const { width, height } = await sharp(samplePhoto(5)).metadata()
    const turned = await sharp(samplePhoto(5)).rotate(degrees).png().toBuffer()
    const back = (x: number, y: number): [number, number] => {
      if (degrees === 90) return [y, height - x]
      return degrees === 180 ? [width - x, height - y] : [width - y, x]
    }
    const angle = (degrees * Math.PI) / 180
    for (const { face, other, size } of await pairs(turned, back)) {
      for (const side of [0, 1] as const) {
        const [x, y] = face.irises![side].centre
        const [s, t] = back(...other.irises![side].centre)
        expect(Math.hypot(s - x, t - y)).toBeLessThan(0.06 * size)
      }
      // Clockwise in the picture, with y up.
      const [x, y] = face.gaze!
      const expected = [
        Math.cos(angle) * x + Math.sin(angle) * y,
        Math.cos(angle) * y - Math.sin(angle) * x,
      ]
      expect(Math.abs(other.gaze![0] - expected[0]!)).toBeLessThan(0.3)
      expect(Math.abs(other.gaze![1] - expected[1]!)).toBeLessThan(0.3)
    }
  })
})
