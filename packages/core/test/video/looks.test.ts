import { expect, test } from 'vitest'
import type { DetectOptions, Face, PixelDetector, PixelImage } from '../../src/index.ts'
import { framePicture } from '../../src/index.ts'
import { FrameLooker } from '../../src/video/frame-looker.ts'
import type { FramePicture } from '../../src/video/frame-picture.ts'
import { planLooks } from '../../src/video/plan-looks.ts'

/** A frame of grey whose lightness is that of a point. */
function frameOf(
  time: number,
  width: number,
  height: number,
  lightAt: (x: number, y: number) => number,
): FramePicture {
  const data = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) {
    data.fill(lightAt(i % width, Math.floor(i / width)), 3 * i, 3 * i + 3)
  }
  return framePicture({ data, width, height, channels: 3 }, time)
}

/** Lightness of a picture full of details. */
const details = (seed: number) => (x: number, y: number) =>
  40 + (((Math.imul((x >> 2) + seed, 73856093) ^ Math.imul((y >> 2) + seed, 19349663)) >>> 0) % 180)

async function looksOf(count: number, rate: number, lightOf: (n: number) => typeof numberAt) {
  async function* frames() {
    for (let n = 0; n < count; n++) yield frameOf(n / rate, 320, 180, lightOf(n))
  }
  const times: number[] = []
  const looks = []
  for await (const { index, isFull } of planLooks(frames(), (time) => times.push(time))) {
    looks.push(isFull ? `${index} full` : `${index}`)
  }
  expect(times).toHaveLength(count)
  return looks
}
declare function numberAt(x: number, y: number): number

test('a frame each tenth of a second is looked at, each half second fully, and the last', async () => {
  const still = await looksOf(32, 30, () => details(1))
  expect(still).toEqual(
    ['0 full', 3, 6, 9, 12, '15 full', 18, 21, 24, 27, '30 full', 31].map(String),
  )
  expect(await looksOf(4, 5, () => details(1))).toEqual(['0 full', '1', '2', '3 full'])
})

test('the last frame before a cut and the first after it are looked at', async () => {
  const looks = await looksOf(12, 30, (n) => (n < 5 ? () => 200 : details(1)))
  expect(looks).toEqual(['0 full', '3', '4', '5 full', '8', '11'])
})

test('moving the camera is no cut, but where it moves faster frames are looked at sooner', async () => {
  const moving = (step: number) =>
    looksOf(12, 30, (n) => {
      const light = details(1)
      return (x, y) => light(x + step * n, y) * (x + step * n < 200 ? 0.4 : 1)
    })
  expect(await moving(9)).toEqual(['0 full', ...Array.from({ length: 11 }, (_, i) => `${i + 1}`)])
  expect(await moving(0.25)).toEqual(['0 full', '3', '6', '9', '11'])
})

/** Takes what is light for a face, if it is no smaller than 16 pixels in what is looked at. */
const lampFinder = {
  async detect(
    { data, width, height, rowStride = 3 * width }: PixelImage,
    { inputSize }: DetectOptions,
  ) {
    const scale = typeof inputSize === 'number' ? inputSize / Math.max(width, height) : 1
    const light = [...Array(width * height).keys()].filter(
      (i) => data[Math.floor(i / width) * rowStride + 3 * (i % width)]! > 180,
    )
    const [xs, ys] = [light.map((i) => i % width), light.map((i) => Math.floor(i / width))]
    if (light.length === 0) return []
    const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b))
    const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b)) + 1
    const box = [least(xs), least(ys), most(xs), most(ys)] as const
    if ((box[2] - box[0]) * scale < 16) return []
    return [{ box, score: 0.9, landmarks: [] as unknown as Face['landmarks'] }]
  },
} as unknown as PixelDetector

/** A frame that gives half of its columns and rows, as planes do. */
function halved(frame: FramePicture): FramePicture {
  const half = () => {
    const { data, width, height } = frame.whole()
    const size = { width: width / 2, height: height / 2 }
    const picked = Uint8Array.from({ length: size.width * size.height * 3 }, (_, i) => {
      const pixel = Math.floor(i / 3)
      const [x, y] = [pixel % size.width, Math.floor(pixel / size.width)]
      return data[3 * (2 * y * width + 2 * x) + (i % 3)]!
    })
    return { data: picked, ...size, channels: 3 } as const
  }
  return { ...frame, half }
}

test('small faces of the last full look are looked for in their surroundings', async () => {
  const looker = new FrameLooker(
    lampFinder,
    { width: 1920, height: 120 },
    { scoreThreshold: 0.2, inputSize: 'pyramid' },
    false,
  )
  const lampAt = (left: number, top: number, side: number, isFull: boolean) => ({
    index: 0,
    isFull,
    frame: halved(
      frameOf(0, 1920, 120, (x, y) =>
        x >= left && x < left + side && y >= top && y < top + side ? 220 : 60,
      ),
    ),
  })
  const boxes = async (look: ReturnType<typeof lampAt>) =>
    (await looker.look(look)).map(({ box }) => box)
  expect(await boxes(lampAt(701, 41, 20, true))).toEqual([[701, 41, 721, 61]])
  expect(await boxes(lampAt(760, 61, 20, false))).toEqual([[760, 61, 780, 81]])
  // One that is large enough is found in the copy of half the size.
  expect(await boxes(lampAt(100, 20, 80, true))).toEqual([[100, 20, 180, 100]])
  expect(await boxes(lampAt(1000, 30, 80, false))).toEqual([[1000, 30, 1080, 110]])
  expect(await boxes(lampAt(1000, 50, 20, false))).toEqual([])
})
