import type { Face, FaceDetector, PixelImage } from '@retinaface/core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRetinaFace } from '../src/create-retinaface.ts'
import type { NodeImageSource } from '../src/read-image.ts'
import { samplePhoto } from './support/pictures.ts'

/** How a still picture is moved: pixel (x, y) goes to scale · (x, y) + shift, by pixel edges. */
interface Move {
  readonly scale: number
  readonly shift: readonly [number, number]
}

const move = (scale: number, x = 0, y = 0): Move => ({ scale, shift: [x, y] })
const shifts = [move(1), move(1, 0.25, 0.5), move(1, 0.5, 0.25), move(1, 0.75, 0.75)]
const scales = [0.95, 0.975, 1, 1.025, 1.05].map((scale) => move(scale))

let retinaface: FaceDetector<NodeImageSource>
beforeAll(async () => {
  retinaface = await createRetinaFace()
})
afterAll(() => retinaface.dispose())

// Shares of the face's size. These faces have about 250 pixels; the model card has smaller ones.
test.each([
  ['moved by parts of a pixel', shifts, 0.01],
  ['scaled by up to 5 %', scales, 0.015],
] as const)('meshes of a still picture keep their places when it is %s', async (_, moves, most) => {
  const found = await Promise.all(moves.map(meshesOf))
  const still = found[moves.findIndex(({ scale, shift }) => scale === 1 && shift[0] === 0)]!
  expect(still).toHaveLength(4)
  for (const face of still) {
    const same = found.map((faces) => faces.find((other) => isSame(face, other)))
    expect(same.every((one) => one)).toBe(true)
    expect(jitter(same.map((one) => one!.points)) / sizeOf(face)).toBeLessThan(most)
  }
})

interface Placed {
  readonly box: readonly number[]
  /** x0, y0, x1, y1, … in pixels of the picture that was not moved. */
  readonly points: Float64Array
}

async function meshesOf(moved: Move): Promise<Placed[]> {
  const faces = await retinaface.detect(await movedPhoto(moved), {
    scoreThreshold: 0.9,
    mesh: true,
  })
  return faces.map((face) => placeBack(face, moved))
}

async function movedPhoto({ scale, shift }: Move): Promise<PixelImage> {
  const half = (scale - 1) / 2
  const { data, info } = await sharp(samplePhoto(6))
    .affine([scale, 0, 0, scale], {
      odx: shift[0] + half,
      ody: shift[1] + half,
      interpolator: 'bilinear',
      background: '#777777',
    })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data: new Uint8Array(data), width: info.width, height: info.height, channels: 3 }
}

function placeBack({ box, mesh }: Face, { scale, shift }: Move): Placed {
  const { positions } = mesh!
  const points = Float64Array.from({ length: (positions.length / 3) * 2 }, (_, i) => {
    return (positions[3 * (i >> 1) + (i % 2)]! - shift[i % 2]!) / scale
  })
  return { box: box.map((edge, i) => (edge - shift[i % 2]!) / scale), points }
}

function isSame({ box }: Placed, other: Placed): boolean {
  const [x, y] = [0, 1].map((axis) => {
    const middle = (of: readonly number[]) => (of[axis]! + of[axis + 2]!) / 2
    return middle(box) - middle(other.box)
  })
  return Math.hypot(x!, y!) < sizeOf({ box }) / 4
}

function sizeOf({ box }: Pick<Placed, 'box'>): number {
  return Math.sqrt((box[2]! - box[0]!) * (box[3]! - box[1]!))
}

/** Root mean square distance of points from their means over several readings of them. */
function jitter(readings: readonly Float64Array[]): number {
  const count = readings.length
  const mean = readings[0]!.map((_, i) => readings.reduce((sum, one) => sum + one[i]!, 0) / count)
  const squares = readings.map((one) => one.reduce((sum, v, i) => sum + (v - mean[i]!) ** 2, 0))
  return Math.sqrt((2 * squares.reduce((a, b) => a + b)) / (count * mean.length))
}
