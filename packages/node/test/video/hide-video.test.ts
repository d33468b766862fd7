import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FaceDetector } from '@retinaface/core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createRetinaFace, type NodeImageSource } from '../../src/index.ts'
import { detectVideo } from '../../src/video/detect-video.ts'
import { followFaces } from '../../src/video/follow-faces.ts'
import { hideFacesInVideo } from '../../src/video/hide-video.ts'
import { probeVideo } from '../../src/video/probe-video.ts'
import {
  ffmpeg,
  filmPhoto,
  frameTimes,
  leadOfSound,
  soundOf,
  turnByQuarter,
} from '../support/videos.ts'

// Each goes through a video several times.
vi.setConfig({ testTimeout: 240_000 })

const folder = mkdtempSync(join(tmpdir(), 'retinaface-hide-'))
const at = (name: string) => join(folder, name)
let retinaface: FaceDetector<NodeImageSource>

beforeAll(async () => {
  // One thread: its workers do not start from the sources.
  retinaface = await createRetinaFace({ threads: 1 })
  filmPhoto(12, at('film.mp4'))
})
afterAll(async () => {
  await retinaface.dispose()
  rmSync(folder, { recursive: true })
})

test('faces keep their ids through the frames of a file', async () => {
  const found = []
  for await (const { time, faces } of detectVideo(retinaface, at('film.mp4'), {
    every: 2,
    scoreThreshold: 0.8,
  })) {
    // A third one comes in from the side.
    found.push({
      time,
      ids: faces
        .map(({ id }) => id)
        .sort()
        .slice(0, 2),
    })
  }
  expect(found.map(({ time }) => time)).toEqual(
    frameTimes(at('film.mp4'))
      .filter((_, i) => i % 2 === 0)
      .map((time) => expect.closeTo(time, 4)),
  )
  expect(found.map(({ ids }) => ids)).toEqual(new Array(6).fill([1, 2]))
  await expect(detectVideo(retinaface, at('film.mp4'), { every: 0 }).next()).rejects.toMatchObject({
    argument: 'options.every',
  })
})

/** Ids of all faces of 0.5 and more that are found in a video. */
async function idsOf(file: string): Promise<number[]> {
  const ids = new Set<number>()
  for await (const { faces } of detectVideo(retinaface, file))
    for (const { id } of faces) ids.add(id)
  return [...ids]
}

test.each(['film.mp4', 'film.webm', 'film.mov'])(
  'no face is left in %s, and frames, their times, sound and size are',
  async (name) => {
    const sound = name.endsWith('webm') ? ['-c:a', 'libopus'] : []
    filmPhoto(12, ...sound, at(name))
    if (name.endsWith('mov')) turnByQuarter(at(name), 240)
    const followed = await followFaces(retinaface, at(name), { turns: true })
    const output = at(`hidden-${name}`)
    const { frames } = await hideFacesInVideo(followed, output)
    expect(frames).toBe(12)
    expect(frameTimes(output)).toEqual(frameTimes(at(name)).map((time) => expect.closeTo(time, 3)))
    expect(leadOfSound(output)).toBeCloseTo(leadOfSound(at(name)), 3)
    expect(soundOf(output)).toBe(soundOf(at(name)))
    const [before, after] = [await probeVideo(at(name)), await probeVideo(output)]
    expect([after.width, after.height]).toEqual([before.width, before.height])
    expect(after.duration!).toBeCloseTo(before.duration!, 1)
    expect(await idsOf(output)).toEqual([])
  },
)

test('a video without sound stays without', async () => {
  ffmpeg('-i', at('film.mp4'), '-an', '-c', 'copy', at('silent.mp4'))
  const followed = await followFaces(retinaface, at('silent.mp4'))
  const { frames } = await hideFacesInVideo(followed, at('hidden-silent.mp4'))
  expect(frames).toBe(12)
  expect((await probeVideo(at('hidden-silent.mp4'))).hasSound).toBe(false)
  expect((await probeVideo(at('film.mp4'))).hasSound).toBe(true)
})

test('tracks that are kept are seen', async () => {
  const followed = await followFaces(retinaface, at('film.mp4'))
  await hideFacesInVideo(followed, at('kept.mp4'), { keep: [1], style: 'solid' })
  expect(await idsOf(at('kept.mp4'))).toHaveLength(1)
})

test('a container that is not known is refused', async () => {
  const followed = await followFaces(retinaface, at('film.mp4'))
  await expect(hideFacesInVideo(followed, at('film.xyz'))).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
  })
  await expect(hideFacesInVideo(followed, at('nowhere/film.mp4'))).rejects.toMatchObject({
    code: 'VIDEO_WRITE',
  })
})
