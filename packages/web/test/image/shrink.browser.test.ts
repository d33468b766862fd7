import type { PixelImage } from '@retinaface/core'
import type { ShrinkPlan, ShrunkenImage } from '@retinaface/core/platform'
import { describe, expect, test } from 'vitest'
import { createRetinaFace } from '../../src/create-retinaface.ts'
import { createWorkerRetinaFace } from '../../src/create-worker-retinaface.ts'
import { decodeReduced } from '../../src/image/decode-reduced.ts'
import { loadSource } from '../../src/image/load-source.ts'
import { PixelReader } from '../../src/image/pixel-reader.ts'
import { drawQuarters, encode, quartersOf, withOrientation } from '../support/quarters.ts'
import { samplePhotoUrl } from '../support/sample-photo-url.ts'

const half: ShrinkPlan = {
  sizeFor: ({ width, height }) => ({ width: width / 2, height: height / 2 }),
  keepWhole: false,
}
const reader = new PixelReader(1e6)

function isShrunken(image: PixelImage | ShrunkenImage): image is ShrunkenImage {
  return 'pixels' in image
}

async function readHalf(source: Blob | HTMLCanvasElement, plan = half): Promise<ShrunkenImage> {
  const loaded = await loadSource(source, new AbortController().signal)
  const image = await reader.read(loaded, undefined, plan)
  if (!isShrunken(image)) throw new Error('All pixels were read.')
  return image
}

describe('a picture of which half the size does', () => {
  test.each<[string, () => Promise<Blob | HTMLCanvasElement>, string]>([
    ['a canvas', async () => drawQuarters(), '12×8 red green blue white'],
    ['a PNG', () => encode(drawQuarters(), 'image/png'), '12×8 red green blue white'],
    ['a JPEG', () => encode(drawQuarters(), 'image/jpeg'), '12×8 red green blue white'],
    [
      'a JPEG on its side',
      async () => withOrientation(await encode(drawQuarters(), 'image/jpeg'), 6),
      '8×12 blue red white green',
    ],
  ])('%s is read so, and its own size is told', async (_, source, expected) => {
    const image = await readHalf(await source())
    expect(quartersOf(image.pixels)).toBe(expected)
    expect([image.width, image.height]).toEqual(expected.startsWith('8') ? [16, 24] : [24, 16])
    expect(image.whole).toBeUndefined()
  })

  test('comes with all its pixels where they are wanted too', async () => {
    const photo = await encode(drawQuarters(), 'image/jpeg')
    const image = await readHalf(photo, { ...half, keepWhole: true })
    expect(quartersOf(image.whole!)).toBe('24×16 red green blue white')
    expect(quartersOf(image.pixels)).toBe('12×8 red green blue white')
  })
})

test('an upright JPEG is decoded at the fraction of its size that does', async () => {
  const photo = await (await fetch(samplePhotoUrl(5))).blob()
  const sizeFor = () => ({ width: 640, height: 466 })
  const reduced = await decodeReduced(photo, { sizeFor, keepWhole: false })
  expect([reduced!.width, reduced!.height]).toEqual([1920, 1398])
  // Three eighths.
  expect(reduced!.frame.codedWidth).toBe(720)
  reduced!.frame.close()
})

test.each<[string, () => Promise<Blob>]>([
  ['a PNG', () => encode(drawQuarters(), 'image/png')],
  ['what is no picture', async () => new Blob(['text'])],
  [
    'a JPEG that is cut short',
    async () => (await encode(drawQuarters(), 'image/jpeg')).slice(0, 9),
  ],
])('%s is left to the usual way', async (_, make) => {
  expect(await decodeReduced(await make(), half)).toBeUndefined()
})

test.each([
  ['the page', createRetinaFace],
  ['the worker', createWorkerRetinaFace],
])('in %s a JPEG gives the faces that its pixels give', async (_, create) => {
  const retinaface = await create()
  const options = { inputSize: 640 }
  const photo = samplePhotoUrl(5)
  const expected = await retinaface.detect(await retinaface.readImage(photo), options)
  const found = await retinaface.detect(photo, options)
  expect(found).toHaveLength(expected.length)
  expect(found.length).toBe(5)
  for (const { box } of expected) {
    const nearest = Math.min(
      ...found.map((face) => Math.max(...face.box.map((at, i) => Math.abs(at - box[i]!)))),
    )
    expect(nearest / (box[2] - box[0])).toBeLessThan(0.05)
  }
  for await (const result of retinaface.detectMany([photo], options)) {
    expect(result).toMatchObject({ status: 'ok', width: 1920, height: 1398 })
  }
  await retinaface.dispose()
})
