import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DetectOptions, Face, FaceDetector, PixelImage } from '@retinaface/core'
import { afterAll, expect, test, vi } from 'vitest'
import type { NodeImageSource } from '../../src/index.ts'
import { FrameLooker } from '../../src/video/frame-looker.ts'
import { planLooks } from '../../src/video/plan-looks.ts'
import { planesToRgb } from '../../src/video/planes-to-rgb.ts'
import { probeVideo } from '../../src/video/probe-video.ts'
import { readFrames } from '../../src/video/read-frames.ts'
import { type FramePlanes, planeColors, readPlanes } from '../../src/video/read-planes.ts'
import { ffmpeg } from '../support/videos.ts'

// FFmpeg is started several times.
vi.setConfig({ testTimeout: 120_000 })

const folder = mkdtempSync(join(tmpdir(), 'retinaface-planes-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)

/** A frame of grey whose lightness is that of a point. */
function frameOf(
  time: number,
  width: number,
  height: number,
  lightAt: (x: number, y: number) => number,
): FramePlanes {
  const data = Uint8Array.from({ length: width * height }, (_, i) =>
    lightAt(i % width, Math.floor(i / width)),
  )
  const [w, h] = [width / 2, height / 2]
  const grey = (): PixelImage => ({
    ...{ data: new Uint8Array(w * h).fill(128), width: w, height: h },
    channels: 1,
  })
  return { time, planes: [{ data, width, height, channels: 1 }, grey(), grey()] }
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

test.each([
  ['of HD', ['-colorspace', 'bt709'], 'scale=out_color_matrix=bt709,format=yuv420p'],
  ['of SD', [], 'format=yuv420p'],
  ['of odd sizes', ['-colorspace', 'bt709'], 'crop=63:47:exact=1,format=yuv420p'],
])('colours of planes %s are those of frames', async (_, tags, filter) => {
  const file = at('colors.mkv')
  const source = ['-f', 'lavfi', '-i', 'color=0xc04020:s=64x48:r=10,drawbox=y=24:c=0x2060a0:t=fill']
  const matrix = filter.startsWith('crop') ? `${filter},scale=out_color_matrix=bt709` : filter
  ffmpeg(...source, '-vf', matrix, '-frames:v', '1', '-c:v', 'ffv1', ...tags, file)
  const info = await probeVideo(file)
  const { image } = (await readFrames(file, info).next()).value as { image: PixelImage }
  const frame = (await readPlanes(file, info, 'half').next()).value as FramePlanes
  for (const scale of [1, 0.5] as const) {
    const rgb = planesToRgb(frame, planeColors(info).matrix, scale)
    expect([rgb.width, rgb.height]).toEqual([64 * scale, 48 * scale])
    for (const [x, y] of [
      [8, 8],
      [50, 40],
    ] as const) {
      const here = 3 * (y * scale * rgb.width + x * scale)
      const there = 3 * (y * image.width + x)
      for (let c = 0; c < 3; c++) {
        expect(Math.abs(rgb.data[here + c]! - image.data[there + c]!)).toBeLessThan(4)
      }
    }
  }
})

/** Takes what is light for a face, if it is no smaller than 16 pixels in what is looked at. */
const lampFinder = {
  async detect({ data, width, height }: PixelImage, { inputSize }: DetectOptions) {
    const scale = typeof inputSize === 'number' ? inputSize / Math.max(width, height) : 1
    const light = [...Array(width * height).keys()].filter((i) => data[3 * i]! > 180)
    const [xs, ys] = [light.map((i) => i % width), light.map((i) => Math.floor(i / width))]
    if (light.length === 0) return []
    const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b))
    const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b)) + 1
    const box = [least(xs), least(ys), most(xs), most(ys)] as const
    if ((box[2] - box[0]) * scale < 16) return []
    return [{ box, score: 0.9, landmarks: [] as unknown as Face['landmarks'] }]
  },
} as unknown as FaceDetector<NodeImageSource>

test('small faces of the last full look are looked for in their surroundings', async () => {
  const info = { width: 1920, height: 120 } as Awaited<ReturnType<typeof probeVideo>>
  const looker = new FrameLooker(
    lampFinder,
    info,
    { scoreThreshold: 0.2, inputSize: 'pyramid' },
    false,
  )
  const lampAt = (left: number, top: number, side: number, isFull: boolean) => ({
    index: 0,
    isFull,
    frame: frameOf(0, 1920, 120, (x, y) =>
      x >= left && x < left + side && y >= top && y < top + side ? 220 : 60,
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
