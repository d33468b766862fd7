import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type FaceDetector, intersectionOverUnion, type Point } from '@retinaface/core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRetinaFace } from '../src/create-retinaface.ts'
import type { NodeImageSource } from '../src/read-image.ts'
import { samplePhoto } from './support/pictures.ts'

const shared = fileURLToPath(new URL('../../../../shared/', import.meta.url))

interface GoldenFace {
  readonly score: number
  readonly box: [number, number, number, number]
  readonly landmarks: Point[]
}

interface Goldens {
  readonly images: Record<string, { readonly faces: GoldenFace[] }>
}

function overlapping<Other extends { box: readonly number[] }>(
  face: { box: readonly number[] },
  others: readonly Other[],
): Other | undefined {
  return others.find((other) => intersectionOverUnion(face.box, 0, other.box, 0) > 0.5)
}

function expectWithin(actual: readonly number[], expected: readonly number[], bound: number): void {
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(bound)
  })
}

async function expectParity(
  retinaface: FaceDetector<NodeImageSource>,
  { images }: Goldens,
): Promise<void> {
  for (const [name, { faces }] of Object.entries(images)) {
    const picture = `${shared}data/wider-val/images/${name}`
    // The goldens are of one pass at original size.
    const { width, height } = await retinaface.readImage(picture)
    const shortSides = [Math.min(width, height)]
    const found = await retinaface.detect(picture, { inputSize: { shortSides } })
    for (const golden of faces.filter(({ score }) => score >= 0.6)) {
      const face = overlapping(golden, found)
      expect(face, `${name}: the face at ${golden.box}`).toBeDefined()
      expectWithin([face!.score], [golden.score], 0.02)
      expectWithin(face!.box, golden.box, 1)
      expectWithin(face!.landmarks.flat(), golden.landmarks.flat(), 1)
    }
    const extra = found.filter((face) => face.score >= 0.6 && !overlapping(face, faces))
    expect(extra, `${name}: faces that the golden has not`).toEqual([])
  }
}

describe.skipIf(!existsSync(shared))(
  'parity with an independent implementation (needs ../shared)',
  () => {
    const goldens = (name: string): Goldens =>
      JSON.parse(readFileSync(`${shared}goldens/${name}`, 'utf8')) as Goldens

    test('of mnet025 on 15 pictures', async () => {
      const retinaface = await createRetinaFace({ model: 'mnet025' })
      await expectParity(retinaface, goldens('mnet025-v2-detections.json'))
      await retinaface.dispose()
    })

    test('of the PyTorch export on 15 pictures', async () => {
      const retinaface = await createRetinaFace({
        model: {
          file: `${shared}models/pytorch-mobilenet0.25.onnx`,
          configuration: 'mobile025-pytorch',
        },
      })
      await expectParity(retinaface, goldens('pytorch-mobilenet025-detections.json'))
      await retinaface.dispose()
    })

    test('of YuNet on 15 pictures', async () => {
      const retinaface = await createRetinaFace({
        model: { file: `${shared}models/yunet-n.onnx`, configuration: 'yunet' },
      })
      const golden = new URL('goldens/yunet-n-detections.json', import.meta.url)
      await expectParity(retinaface, JSON.parse(readFileSync(golden, 'utf8')) as Goldens)
      await retinaface.dispose()
    })
  },
)

const sure = { inputSize: 640, scoreThreshold: 0.8 }

describe('detect on photographs', () => {
  let retinaface: FaceDetector<NodeImageSource>
  beforeAll(async () => {
    retinaface = await createRetinaFace()
  })
  afterAll(() => retinaface.dispose())

  test.each([
    [1, 3],
    [2, 3],
    [3, 3],
    [4, 4],
    [5, 5],
    [6, 4],
  ] as const)('finds the faces of sample %i: %i of them', async (sample, count) => {
    const faces = await retinaface.detect(samplePhoto(sample), { inputSize: 1024 })
    expect(faces.filter(({ score }) => score > 0.8)).toHaveLength(count)
  })

  test('finds in a CMYK copy the faces of the RGB picture', async () => {
    const rgb = await retinaface.detect(samplePhoto(1), sure)
    const cmyk = await sharp(samplePhoto(1)).toColourspace('cmyk').jpeg().toBuffer()
    const found = await retinaface.detect(cmyk, { inputSize: 640 })
    expect(rgb).toHaveLength(3)
    for (const face of rgb) expect(overlapping(face, found)).toBeDefined()
  })

  test('finds the faces of a picture on its side that EXIF turns upright', async () => {
    const upright = await retinaface.detect(samplePhoto(1), sure)
    const onItsSide = await sharp(samplePhoto(1))
      .rotate(270)
      .withMetadata({ orientation: 6 })
      .toBuffer()
    const found = await retinaface.detect(onItsSide, sure)
    expect(found).toHaveLength(upright.length)
    for (const face of upright) expect(overlapping(face, found)).toBeDefined()
  })

  test('a face cut out for ArcFace has its landmarks on the template', async () => {
    const [face] = await retinaface.detect(samplePhoto(1), { inputSize: 'original' })
    const { image } = await retinaface.align(samplePhoto(1), face!)
    expect([image.width, image.height]).toEqual([112, 112])
    const enlarged = await sharp(image.data, { raw: { width: 112, height: 112, channels: 3 } })
      .resize(448)
      .extend({ top: 96, bottom: 96, left: 96, right: 96, background: '#808080' })
      .raw()
      .toBuffer()
    const pixels = { data: enlarged, width: 640, height: 640, channels: 3 as const }
    // Of the crop a network of other makers tells where the eyes are.
    const other = await createRetinaFace({ model: 'mnet025' })
    const [again] = await other.detect(pixels)
    await other.dispose()
    const [leftEye, rightEye] = again!.landmarks
    expectWithin(
      leftEye.map((v) => (v - 96) / 4),
      [38.3, 51.7],
      4,
    )
    expectWithin(
      rightEye.map((v) => (v - 96) / 4),
      [73.5, 51.5],
      4,
    )
  })

  test('1,000 pictures with 50 bad ones among them lose nothing', async () => {
    const small = await sharp(samplePhoto(1)).resize(320).jpeg().toBuffer()
    const broken = small.subarray(0, small.length / 2)
    const sources = Array.from({ length: 1000 }, (_, i) => (i % 20 === 7 ? broken : small))
    const statuses: string[] = []
    let failed = 0
    const progress = (state: { failed: number }) => {
      failed = state.failed
    }
    for await (const result of retinaface.detectMany(sources, { onProgress: progress })) {
      statuses.push(result.status)
      if (result.status === 'ok') expect(result.faces.length).toBeGreaterThanOrEqual(2)
    }
    expect(statuses).toEqual(sources.map((source) => (source === broken ? 'failed' : 'ok')))
    expect(failed).toBe(50)
  })
})
