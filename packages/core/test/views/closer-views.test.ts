import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { detectFaces } from '../../src/detector/detect-faces.ts'
import { resolveDetectOptions } from '../../src/face/detect-options.ts'
import { type DetectOptions, type Face, MNET025_SLIM, type PixelImage } from '../../src/index.ts'
import { Network } from '../../src/network/network.ts'
import { planCloserViews } from '../../src/views/closer-views.ts'
import type { ImageCandidate } from '../../src/views/view-to-image.ts'
import { type PlantedFace, plantOutputs } from '../support/planted-faces.ts'
import { FakeSession } from '../support/sessions.ts'

const [width, height] = [640, 480]
const image: PixelImage = { data: new Uint8Array(width * height), width, height, channels: 1 }
const pyramid = resolveDetectOptions({ inputSize: 'pyramid' })

/** A face of `side` pixels about a point of the network's input, on the finest level. */
function faceAt(x: number, y: number, side: number, score: number): PlantedFace {
  const half = side / 2
  return {
    level: MNET025_SLIM.levels.findIndex(({ stride }) => stride === 8),
    row: Math.floor(y / 8),
    column: Math.floor(x / 8),
    index: 1,
    score,
    // Boxes count pixels.
    box: [x - half, y - half, x + half - 1, y + half - 1],
    landmarks: Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? x : y)),
  }
}

const hintOf = (box: Float64Array) => ({ score: 0.5, box, scale: 1 }) as ImageCandidate

/** Detects where the network sees these faces, run by run. */
async function detect(
  runs: readonly (readonly PlantedFace[])[],
  options: DetectOptions = {},
  picture: PixelImage = image,
): Promise<{ faces: Face[]; fake: FakeSession; progress: string[] }> {
  const fake = new FakeSession(MNET025_SLIM, (size, run) =>
    plantOutputs(MNET025_SLIM, size, runs[run] ?? []),
  )
  const progress: string[] = []
  const network = new Network({ session: fake.session, configuration: MNET025_SLIM })
  const resolved = resolveDetectOptions({
    inputSize: 'pyramid',
    onProgress: ({ done, total }) => progress.push(`${done}/${total}`),
    ...options,
  })
  return { faces: await detectFaces(network, picture, resolved), fake, progress }
}

/** Wider than the first look. */
const wide = { width: 4096, height: 64, channels: 1, data: new Uint8Array(4096 * 64) } as const

describe('a closer look', () => {
  test('is taken where a small face may be, half as large again, and its faces count', async () => {
    // The first tile shows the picture's first 256 pixels in 384.
    const { faces, fake, progress } = await detect([
      [faceAt(104, 80, 16, 0.25)],
      [faceAt(156, 120, 24, 0.9)],
    ])
    expect(fake.runs.map(({ size }) => size)).toEqual([
      { width, height },
      { width: 384, height: 384 },
    ])
    expect(progress).toEqual(['1/1', '2/2'])
    expect(faces.map(({ score }) => score)).toEqual([expect.closeTo(0.9, 5)])
    const centre = [0, 1].map((axis) => (faces[0]!.box[axis]! + faces[0]!.box[axis + 2]!) / 2)
    expect(centre).toEqual([expect.closeTo(104, 0), expect.closeTo(80, 0)])
    expect(faces[0]!.box[2] - faces[0]!.box[0]).toBeCloseTo(23 / 1.5, 3)
    expect(faces[0]!.anchor.size).toBeCloseTo(16 / 1.5, 3)
  })

  test('answers for small faces: what it does not confirm does not count, larger faces stay', async () => {
    const { faces } = await detect([[faceAt(104, 80, 16, 0.9), faceAt(200, 160, 40, 0.8)], []])
    expect(faces.map(({ score }) => score)).toEqual([expect.closeTo(0.8, 5)])
  })

  test.each<[string, PlantedFace, DetectOptions]>([
    ['larger faces', faceAt(104, 80, 26, 0.9), {}],
    ['hardly a score', faceAt(104, 80, 16, 0.15), { scoreThreshold: 0.1 }],
    ['faces that are too small to count', faceAt(104, 80, 16, 0.9), { minFaceSize: 20 }],
    ['another input size', faceAt(104, 80, 16, 0.9), { inputSize: 'original' }],
  ])('is not taken for %s', async (_, face, options) => {
    expect((await detect([[face]], options)).fake.runs.length).toBe(1)
  })

  test('looks at the mirrored tile too where flip is set', async () => {
    const { fake, progress } = await detect([[faceAt(104, 80, 16, 0.9)]], { flip: true })
    expect(fake.runs.length).toBe(4)
    expect(progress).toEqual(['1/2', '2/2', '3/4', '4/4'])
  })

  test('by default a large picture is looked at reduced first, then closer by steps where a small face may be', async () => {
    // A quarter of its size and, for the largest faces, a twelfth; then half of it, then all pixels.
    const { faces, fake } = await detect(
      [[faceAt(504, 8, 12, 0.15)], [], [faceAt(200, 16, 24, 0.3)], [faceAt(200, 32, 48, 0.9)]],
      { inputSize: 'auto' },
      wide,
    )
    expect(fake.runs.map(({ size }) => size)).toEqual([
      { width: 1024, height: 32 },
      { width: 320, height: 32 },
      { width: 384, height: 32 },
      { width: 384, height: 64 },
    ])
    expect(faces.map(({ score }) => score)).toEqual([expect.closeTo(0.9, 5)])
  })

  test('by default a picture without hints is looked at reduced only', async () => {
    const { faces, fake } = await detect([[faceAt(504, 8, 40, 0.9)]], { inputSize: 'auto' }, wide)
    expect(fake.runs.length).toBe(2)
    expect(faces[0]!.box[2] - faces[0]!.box[0]).toBeCloseTo(4 * 39, 3)
  })

  const side = fc.integer({ min: 1, max: 3000 })
  const place = fc.tuple(...[0, 1].map(() => fc.double({ min: 0, max: 1, noNaN: true })))

  test.prop([side, side, place, fc.double({ min: 1, max: 24, noNaN: true })])(
    'shows a small face whole, in one tile, and stays inside the picture',
    (pictureWidth, pictureHeight, [u, v], faceSide) => {
      const [x, y] = [u! * pictureWidth * 0.999, v! * pictureHeight * 0.999]
      const half = faceSide / 2
      const box = Float64Array.of(x - half, y - half, x + half, y + half)
      const size = { width: pictureWidth, height: pictureHeight }
      const views = planCloserViews(size, 1.5, [hintOf(box)], pyramid, MNET025_SLIM)
      expect(views.length).toBe(1)
      const { region, bounds, inputWidth, inputHeight } = views[0]!
      const { edges } = bounds!
      expect(box[0]! >= edges[0] && box[1]! >= edges[1]).toBe(true)
      expect(box[2]! <= edges[2] && box[3]! <= edges[3]).toBe(true)
      expect(region.x >= 0 && region.x + region.width <= pictureWidth).toBe(true)
      expect(region.y >= 0 && region.y + region.height <= pictureHeight).toBe(true)
      expect(Math.max(inputWidth, inputHeight)).toBeLessThanOrEqual(384)
    },
  )

  test('stays inside the region that is looked at', () => {
    const region = { x: 200, y: 100, width: 90, height: 60 }
    const hint = hintOf(Float64Array.of(210, 110, 220, 120))
    const views = planCloserViews(image, 1.5, [hint], { ...pyramid, region }, MNET025_SLIM)
    expect(views.map((view) => view.region)).toEqual([region])
  })
})
