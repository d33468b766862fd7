import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import type { FrameOptions } from '../../src/video/decode-frames.ts'
import { probeVideo } from '../../src/video/probe-video.ts'
import { readFrames, type VideoFrame } from '../../src/video/read-frames.ts'
import { ffmpeg, filmPhoto, frameTimes, turnByQuarter } from '../support/videos.ts'

// Each starts FFmpeg several times.
vi.setConfig({ testTimeout: 240_000 })

const folder = mkdtempSync(join(tmpdir(), 'retinaface-frames-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)

async function framesOf(file: string, options: FrameOptions = {}): Promise<VideoFrame[]> {
  const frames: VideoFrame[] = []
  for await (const frame of readFrames(file, await probeVideo(file, options), options)) {
    frames.push(frame)
  }
  return frames
}

const isSame = (a: VideoFrame, b: VideoFrame) =>
  Buffer.from(a.image.data).equals(Buffer.from(b.image.data))
const close = (times: readonly number[]) => times.map((time) => expect.closeTo(time, 4))

test('frames come with the times that they are shown at, however far apart', async () => {
  // Later and later, and not from 0 on.
  filmPhoto(12, '-bf', '2', '-vsync', 'passthrough', '-enc_time_base', '1:1000', at('even.mkv'))
  const uneven = ['-vf', "settb=1/1000,setpts='40*N+7*N*N+100'", '-vsync', 'passthrough']
  ffmpeg('-i', at('even.mkv'), ...uneven, '-enc_time_base', '1:1000', '-an', at('uneven.mp4'))
  const times = frameTimes(at('uneven.mp4'))
  expect(new Set(times.slice(1).map((time, i) => (time - times[i]!).toFixed(3))).size).toBe(11)
  const frames = await framesOf(at('uneven.mp4'))
  expect(frames.map(({ time }) => time)).toEqual(close(times))
  const third = await framesOf(at('uneven.mp4'), { every: 3 })
  expect(third.map(({ time }) => time)).toEqual(close(times.filter((_, i) => i % 3 === 0)))
  expect(isSame(third[2]!, frames[6]!)).toBe(true)
  const range = { start: times[4]! - 0.01, end: times[9]! - 0.01 }
  const part = await framesOf(at('uneven.mp4'), range)
  expect(part.map(({ time }) => time)).toEqual(close(times.slice(4, 9)))
  expect(isSame(part[0]!, frames[4]!)).toBe(true)
  expect(isSame(frames[4]!, frames[6]!)).toBe(false)
})

/** Red above, blue below. */
const halves = ['-f', 'lavfi', '-i', 'color=red:s=64x48:r=10,drawbox=y=24:h=24:c=blue:t=fill']

test('what phones turn for players comes upright', async () => {
  ffmpeg(...halves, '-frames:v', '3', '-pix_fmt', 'yuv420p', at('turned.mp4'))
  turnByQuarter(at('turned.mp4'), 48)
  const [first] = await framesOf(at('turned.mp4'))
  const { data, width, height } = first!.image
  expect([width, height]).toEqual([48, 64])
  const [left, right] = [data.slice(0, 3), data.slice(47 * 3, 48 * 3)]
  expect(left[2]! - left[0]!).toBeGreaterThan(150)
  expect(right[0]! - right[2]!).toBeGreaterThan(150)
})

test.each([
  [
    'odd sizes',
    'odd.webm',
    ['-vf', 'crop=63:47:exact=1', '-c:v', 'libvpx-vp9', '-pix_fmt', 'yuv420p'],
    63,
    47,
  ],
  ['10 bits', 'deep.mkv', ['-c:v', 'libx264', '-pix_fmt', 'yuv420p10le'], 64, 48],
  [
    'HDR',
    'hdr.mkv',
    [
      '-c:v',
      'libx264',
      '-pix_fmt',
      'yuv420p10le',
      '-colorspace',
      'bt2020nc',
      '-color_primaries',
      'bt2020',
      '-color_trc',
      'smpte2084',
    ],
    64,
    48,
  ],
  [
    'interlaced frames',
    'rows.mkv',
    ['-c:v', 'mpeg2video', '-flags', '+ildct+ilme', '-top', '1'],
    64,
    48,
  ],
  ['GIFs', 'moving.gif', [], 64, 48],
])('%s are read', async (_, name, args, width, height) => {
  ffmpeg(...halves, '-frames:v', '5', ...args, at(name))
  const frames = await framesOf(at(name))
  expect(frames).toHaveLength(5)
  const { image } = frames[4]!
  expect([image.width, image.height]).toEqual([width, height])
  const below = image.data.slice(-3)
  expect(image.data[0]! - image.data[2]!).toBeGreaterThan(100)
  expect(below[2]! - below[0]!).toBeGreaterThan(100)
})

test('who stops reading, or whose signal is aborted, has FFmpeg ended', async () => {
  ffmpeg('-f', 'lavfi', '-i', 'testsrc=s=640x480:d=20:r=10', '-preset', 'ultrafast', at('long.mp4'))
  // Tells of its process, and is found beside its ffprobe.
  const script = (program: string) => `#!/bin/sh\necho $$ > ${at('pid')}\nexec ${program} "$@"\n`
  for (const program of ['ffmpeg', 'ffprobe']) {
    writeFileSync(at(program), script(program))
    chmodSync(at(program), 0o755)
  }
  const runs = () => existsSync(`/proc/${readFileSync(at('pid'), 'utf8').trim()}`)
  const info = await probeVideo(at('long.mp4'))
  for await (const { time } of readFrames(at('long.mp4'), info, { ffmpeg: at('ffmpeg') })) {
    expect(time).toBe(0)
    expect(runs()).toBe(true)
    break
  }
  expect(runs()).toBe(false)
  const stop = new AbortController()
  const { signal } = stop
  const reading = readFrames(at('long.mp4'), info, { ffmpeg: at('ffmpeg'), signal })
  await reading.next()
  expect(runs()).toBe(true)
  const reason = new Error('enough')
  stop.abort(reason)
  await expect(
    (async () => {
      for await (const _ of reading);
    })(),
  ).rejects.toBe(reason)
  expect(runs()).toBe(false)
})

test('what is no video, and a program that is not there, give errors that say what to do', async () => {
  writeFileSync(at('text.mp4'), 'no video at all')
  await expect(probeVideo(at('text.mp4'))).rejects.toMatchObject({
    code: 'IMAGE_READ',
    message: expect.stringContaining('it is no video, was cut off'),
  })
  ffmpeg('-f', 'lavfi', '-i', 'sine=d=1', at('sound.m4a'))
  await expect(probeVideo(at('sound.m4a'))).rejects.toMatchObject({
    message: expect.stringContaining('it has no video'),
  })
  await expect(probeVideo(at('nowhere.mp4'))).rejects.toMatchObject({
    message: expect.stringContaining('there is no such file'),
  })
  await expect(probeVideo(at('text.mp4'), { ffmpeg: at('none') })).rejects.toMatchObject({
    code: 'PROGRAM_MISSING',
    message: expect.stringContaining('Install FFmpeg'),
  })
})
