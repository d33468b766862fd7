import type { DetectOptions, Face, FaceDetector } from '@retinaface/core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRetinaFace } from '../src/create-retinaface.ts'
import type { NodeImageSource } from '../src/read-image.ts'
import { samplePhoto } from './support/pictures.ts'

const [width, height] = [640, 448] as const
let retinaface: FaceDetector<NodeImageSource>
let standing: Face[]

beforeAll(async () => {
  retinaface = await createRetinaFace({ threads: 1 })
  standing = await retinaface.detect(await turned(0), { mesh: true })
})
afterAll(() => retinaface.dispose())

function turned(degrees: number): Promise<Buffer> {
  return sharp(samplePhoto(2))
    .resize(width, height, { fit: 'fill' })
    .png()
    .toBuffer()
    .then((upright) => sharp(upright).rotate(degrees).png().toBuffer())
}

/** Takes a point of the turned picture to the upright one. */
function toUpright([x, y]: readonly [number, number], degrees: number): readonly [number, number] {
  if (degrees === 90) return [y, height - x]
  if (degrees === 180) return [width - x, height - y]
  return degrees === 270 ? [width - y, x] : [x, y]
}

const distance = (a: readonly [number, number], b: readonly [number, number]) =>
  Math.hypot(a[0] - b[0], a[1] - b[1])

/** For each face of the upright picture the one of the turned picture that lies there. */
function matched(faces: readonly Face[], degrees: number): Face[] {
  return standing.map((known) => {
    const nose = (face: Face) => distance(toUpright(face.landmarks[2], degrees), known.landmarks[2])
    const near = faces.filter((face) => nose(face) < 8)
    expect(near).toHaveLength(1)
    return near[0]!
  })
}

const all: DetectOptions[] = [{ turns: 'auto' }, { turns: true }]
const cases = [0, 90, 180, 270].flatMap((degrees) =>
  all.map((options) => ({ degrees, ...options })),
)

test.each(cases)(
  'finds the same faces, no others, with $turns at $degrees°',
  async ({ degrees, turns }) => {
    const faces = await retinaface.detect(await turned(degrees), { turns: turns! })
    expect(standing.length).toBeGreaterThan(2)
    expect(faces).toHaveLength(standing.length)
    for (const [i, face] of matched(faces, degrees).entries()) {
      face.landmarks.forEach((point, k) => {
        expect(distance(toUpright(point, degrees), standing[i]!.landmarks[k]!)).toBeLessThan(3)
      })
    }
  },
)

test.each([90, 180, 270])('meshes and crops are turned with the face, at %i°', async (degrees) => {
  const picture = await turned(degrees)
  const faces = await retinaface.detect(picture, { mesh: true, turns: true })
  const upright = await turned(0)
  for (const [i, face] of matched(faces, degrees).entries()) {
    const expected = standing[i]!
    const size = expected.box[3] - expected.box[1]
    const at = (positions: Float32Array, k: number) =>
      [positions[3 * k]!, positions[3 * k + 1]!] as const
    let worst = 0
    for (let k = 0; k < 468; k++) {
      const point = toUpright(at(face.mesh!.positions, k), degrees)
      worst = Math.max(worst, distance(point, at(expected.mesh!.positions, k)) / size)
    }
    expect(worst).toBeLessThan(0.08)
    const crops = await Promise.all([
      retinaface.align(picture, face),
      retinaface.align(upright, expected),
    ])
    const [a, b] = crops.map(({ image }) => image.data)
    let sum = 0
    for (let k = 0; k < a!.length; k++) sum += Math.abs(a![k]! - b![k]!)
    const mean = sum / a!.length
    expect(mean).toBeLessThan(12)
  }
})
