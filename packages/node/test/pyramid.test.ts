import { type DetectOptions, type Face, intersectionOverUnion } from '@retinaface/core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRetinaFace } from '../src/create-retinaface.ts'
import { samplePhoto } from './support/pictures.ts'

const samples = [1, 2, 3, 4, 5, 6] as const
// Of 1920: faces of 200 pixels become 20.
const smallWidth = 192

interface SmallPicture {
  readonly encoded: Buffer
  readonly boxes: readonly Float64Array[]
}

let retinaface: Awaited<ReturnType<typeof createRetinaFace>>
let pictures: readonly SmallPicture[]

beforeAll(async () => {
  retinaface = await createRetinaFace({ model: 'mnet025', threads: 1 })
  pictures = await Promise.all(
    samples.map(async (sample) => {
      const faces = await retinaface.detect(samplePhoto(sample), { inputSize: 1024 })
      const boxes = faces
        .filter(({ score }) => score > 0.6)
        .map(({ box }) => Float64Array.from(box, (value) => (value * smallWidth) / 1920))
      return {
        encoded: await sharp(samplePhoto(sample)).resize(smallWidth).png().toBuffer(),
        boxes,
      }
    }),
  )
})
afterAll(() => retinaface.dispose())

const near = ({ box }: Face, known: Float64Array) => intersectionOverUnion(box, 0, known, 0) > 0.4

async function count(options: DetectOptions): Promise<{ right: number; wrong: number }> {
  let [right, wrong] = [0, 0]
  for (const { encoded, boxes } of pictures) {
    const faces = await retinaface.detect(encoded, options)
    right += boxes.filter((known) => faces.some((face) => near(face, known))).length
    wrong += faces.filter((face) => !boxes.some((known) => near(face, known))).length
  }
  return { right, wrong }
}

describe("inputSize: 'pyramid'", () => {
  test('finds most of the faces of 20 pixels, of which one look at them finds half', async () => {
    expect(pictures.flatMap(({ boxes }) => boxes)).toHaveLength(22)
    expect((await count({})).right).toBeLessThanOrEqual(12)
    const { right, wrong } = await count({ inputSize: 'pyramid' })
    expect(right).toBeGreaterThanOrEqual(19)
    expect(wrong).toBe(0)
  })

  test('gives the faces of a closer look their meshes', async () => {
    const [{ encoded }] = pictures as [SmallPicture]
    const plain = await retinaface.detect(encoded, { inputSize: 'pyramid' })
    const faces = await retinaface.detect(encoded, { inputSize: 'pyramid', mesh: true })
    expect(faces.length).toBe(plain.length)
    for (const { box, mesh } of faces) {
      const middle = [0, 1].map((axis) => {
        const values = mesh!.positions.filter((_, i) => i % 3 === axis)
        return values.reduce((sum, value) => sum + value, 0) / values.length
      })
      expect(middle[0]! > box[0] && middle[0]! < box[2]).toBe(true)
      expect(middle[1]! > box[1] && middle[1]! < box[3]).toBe(true)
    }
  })

  test('gives the same faces as one look where none are small', async () => {
    const options = { inputSize: 'original', minFaceSize: 24 } as const
    const expected = await retinaface.detect(samplePhoto(1), options)
    const found = await retinaface.detect(samplePhoto(1), { ...options, inputSize: 'pyramid' })
    expect(found).toEqual(expected)
  })
})
