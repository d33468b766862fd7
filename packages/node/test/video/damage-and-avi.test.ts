import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { hideFacesInVideo } from '../../src/video/hide-video.ts'
import { probeVideo } from '../../src/video/probe-video.ts'
import { ffmpeg, frameTimes } from '../support/videos.ts'

// FFmpeg is started several times.
vi.setConfig({ testTimeout: 120_000 })

const folder = mkdtempSync(join(tmpdir(), 'retinaface-avi-'))
const at = (name: string) => join(folder, name)
const source = ['-f', 'lavfi', '-i', 'testsrc=s=64x48:r=25:d=0.84']

beforeAll(() => ffmpeg(...source, '-c:v', 'mpeg4', at('film.avi')))
afterAll(() => rmSync(folder, { recursive: true }))

test('an AVI file is as long as before', async () => {
  const file = at('film.avi')
  const [info, times] = [await probeVideo(file), frameTimes(file)]
  const none = { file, info, times, tracks: [], complaints: [] }
  const { frames } = await hideFacesInVideo(none, at('hidden.avi'))
  expect(frames).toBe(times.length)
  const hidden = await probeVideo(at('hidden.avi'))
  expect([hidden.duration, hidden.frameRate]).toEqual([info.duration, info.frameRate])
})

test('an MP4 file that was cut off is told from other damage', async () => {
  ffmpeg(...source, '-c:v', 'mpeg4', at('film.mp4'))
  const bytes = readFileSync(at('film.mp4'))
  writeFileSync(at('cut.mp4'), bytes.subarray(0, bytes.length / 2))
  await expect(probeVideo(at('cut.mp4'))).rejects.toThrow(/has no index.*was cut off/)
})
