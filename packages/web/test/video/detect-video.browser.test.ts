import type { Face } from '@retinaface/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TINY_DETECTOR, TINY_DETECTOR_URL } from '../../../../fixtures/tiny-detector.ts'
import { createRetinaFace } from '../../src/create-retinaface.ts'
import { createWorkerRetinaFace } from '../../src/create-worker-retinaface.ts'
import { detectVideo } from '../../src/detect-video.ts'
import type { WebRetinaFace } from '../../src/web-retinaface.ts'
import { playMovingPhoto } from '../support/moving-photo.ts'
import { samplePhotoUrl } from '../support/sample-photo-url.ts'

const rest = () => ({ x: -270, y: 40 })
let retinaface: WebRetinaFace

beforeAll(async () => {
  retinaface = await createWorkerRetinaFace()
  await retinaface.warmUp()
})
afterAll(() => retinaface.dispose())

/** Follows a video until `enough` frames were looked at. */
async function follow(
  video: HTMLVideoElement,
  enough: number,
): Promise<{ ids: number[][]; times: number[]; offsets: number[] }> {
  const stop = new AbortController()
  const seen = { ids: [] as number[][], times: [] as number[], offsets: [] as number[] }
  await detectVideo(retinaface, video, {
    signal: stop.signal,
    scoreThreshold: 0.8,
    onFaces: (faces, time) => {
      seen.ids.push(faces.map(({ id }) => id))
      seen.times.push(time)
      seen.offsets.push(faces.find(({ id }) => id === 1)!.box[1])
      if (seen.ids.length === enough) stop.abort()
    },
  })
  return seen
}

test('ids stay with the faces of a photograph that moves about', async () => {
  const circle = (t: number) => ({ x: -270 + 20 * Math.cos(2 * t), y: 40 + 60 * Math.sin(2 * t) })
  const { video, stop } = await playMovingPhoto(samplePhotoUrl(3), circle)
  const { ids, times, offsets } = await follow(video, 25)
  stop()
  expect(ids[0]!.length).toBe(2)
  expect([...new Set(ids.flat())]).toEqual(ids[0])
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(Math.max(...offsets) - Math.min(...offsets)).toBeGreaterThan(30)
})

test('frames that come while one is looked at are dropped', async () => {
  const { video, stop } = await playMovingPhoto(samplePhotoUrl(3), rest)
  let running = 0
  let most = 0
  const slow: WebRetinaFace = Object.create(retinaface, {
    configuration: { value: retinaface.configuration },
    detect: {
      value: async (): Promise<Face[]> => {
        most = Math.max(most, ++running)
        await new Promise((resolve) => setTimeout(resolve, 200))
        running--
        return []
      },
    },
  })
  const aborted = new AbortController()
  const times: number[] = []
  await detectVideo(slow, video, {
    signal: aborted.signal,
    onFaces: (_, time) => {
      times.push(time)
      if (times.length === 5) aborted.abort()
    },
  })
  stop()
  expect(most).toBe(1)
  for (let i = 1; i < times.length; i++) expect(times[i]! - times[i - 1]!).toBeGreaterThan(0.15)
})

test.each([
  ['createRetinaFace', createRetinaFace],
  ['createWorkerRetinaFace', createWorkerRetinaFace],
])('%s with a network without features follows faces too', async (_, create) => {
  const outputs = { ...TINY_DETECTOR.outputs, features: 'missing_stride{stride}' }
  const plain = { file: TINY_DETECTOR_URL, configuration: { ...TINY_DETECTOR, outputs } }
  const detector = await create({ model: plain, threads: 1 })
  expect(detector.givesFeatures).toBe(false)
  expect(retinaface.givesFeatures).toBe(true)
  const { video, stop } = await playMovingPhoto(samplePhotoUrl(3), rest)
  const enough = new AbortController()
  let ids: number[] = []
  await detectVideo(detector, video, {
    signal: enough.signal,
    onFaces: (faces) => {
      ids = faces.map(({ id }) => id)
      enough.abort()
    },
  })
  stop()
  await detector.dispose()
  expect(ids.length).toBeGreaterThan(0)
})

test('follows a recorded video, and ends with it', async () => {
  const { stream, stop } = await playMovingPhoto(samplePhotoUrl(3), rest)
  const recorder = new MediaRecorder(stream, { mimeType: 'video/webm' })
  const recorded = new Promise<Blob>((resolve) => {
    recorder.addEventListener('dataavailable', ({ data }) => resolve(data))
  })
  recorder.start()
  setTimeout(() => recorder.stop(), 1500)
  const video = document.createElement('video')
  Object.assign(video, { muted: true, src: URL.createObjectURL(await recorded) })
  stop()
  await video.play()
  const ids: number[] = []
  await detectVideo(retinaface, video, {
    onFaces: (faces) => ids.push(...faces.map(({ id }) => id)),
  })
  expect(new Set(ids)).toEqual(new Set([1, 2]))
})

test('an option that is wrong and a callback that throws end it with their error', async () => {
  const { video, stop } = await playMovingPhoto(samplePhotoUrl(3), rest)
  const onFaces = () => {
    throw new Error('mine')
  }
  await expect(detectVideo(retinaface, video, { onFaces })).rejects.toThrow('mine')
  await expect(
    detectVideo(retinaface, video, { onFaces, scoreThreshold: 2 }),
  ).rejects.toMatchObject({ argument: 'options.scoreThreshold' })
  stop()
})
