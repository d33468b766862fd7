import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PixelImage } from '@retinaface/core'
import { afterAll, expect, test, vi } from 'vitest'
import { PlanesPicture } from '../../src/video/planes-picture.ts'
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

test('a part of planes has the pixels that the whole has there', async () => {
  const file = at('part.mkv')
  ffmpeg('-f', 'lavfi', '-i', 'testsrc=s=64x48:r=10', '-frames:v', '1', '-c:v', 'ffv1', file)
  const frame = (await readPlanes(file, await probeVideo(file), 'half').next()).value as FramePlanes
  const picture = new PlanesPicture(frame, 'bt709')
  for (const region of [
    { x: 11, y: 7, width: 20, height: 13 },
    { x: 40, y: 30, width: 24, height: 18 },
  ]) {
    const { x, y, image } = picture.part(region)
    const { width, height } = image
    expect(x).toBeLessThanOrEqual(region.x)
    expect(y).toBeLessThanOrEqual(region.y)
    expect(x + width).toBeGreaterThanOrEqual(region.x + region.width)
    expect(y + height).toBeGreaterThanOrEqual(region.y + region.height)
    const whole = picture.whole()
    for (let row = 0; row < height; row++) {
      const start = 3 * ((y + row) * whole.width + x)
      const here = image.data.subarray(3 * row * width, 3 * (row + 1) * width)
      expect(here).toEqual(whole.data.subarray(start, start + 3 * width))
    }
  }
})
