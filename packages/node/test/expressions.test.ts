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

  /** The greatest difference of two poses' angles, degrees. */
  function apart(a: Face['pose'], b: Face['pose']): number {
    return Math.max(
      ...(['yaw', 'pitch', 'roll'] as const).map((key) => Math.abs(a![key] - b![key])),
    )
  }

  test('the pose is that of the mesh, of turned pictures too, and that of a refined mesh stays', async () => {
    const turned = await sharp(samplePhoto(5)).rotate(90).png().toBuffer()
    for (const picture of [samplePhoto(5), turned]) {
      const asked = { ...options, turns: true, maxFaces: 2 }
      const alone = await retinaface.detect(picture, asked)
      const meshes = await retinaface.detect(picture, { ...asked, expressions: false, mesh: true })
      for (const [i, { mesh, pose }] of alone.entries()) {
        expect(mesh).toBeUndefined()
        expect(apart(pose, meshes[i]!.pose)).toBeLessThan(0.01)
      }
    }
    const refine = { ...options, maxFaces: 1, mesh: { refine: 2 } }
    const [refined] = await retinaface.detect(samplePhoto(5), { ...refine, expressions: false })
    const [both] = await retinaface.detect(samplePhoto(5), refine)
    const { expressions, mesh, ...others } = refine
    const [other] = await retinaface.detect(samplePhoto(5), { ...others, expressions, mesh })
    expect(apart(both!.pose, refined!.pose)).toBeLessThan(0.05)
    expect(apart(other!.pose, refined!.pose)).toBeLessThan(0.05)
    expect(apart(both!.pose, faces[0]!.pose)).toBeGreaterThan(0.2)
  })

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
