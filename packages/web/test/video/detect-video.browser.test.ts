import type { Face } from '@retinaface/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TINY_DETECTOR, TINY_DETECTOR_URL } from '../../../../fixtures/tiny-detector.ts'
import { createRetinaFace } from '../../src/create-retinaface.ts'
import { createWorkerRetinaFace } from '../../src/create-worker-retinaface.ts'
import { detectVideo } from '../../src/detect-video.ts'
import { onnxruntime } from '../../src/onnxruntime-provider.ts'
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

const webm = 'video/webm; codecs=vp8'
// Some frames, whenever they come: on a busy machine the recorder is late.
const enoughBytes = 30_000

/** Of a picture that rests, a recorder writes next to nothing. */
function shaking(): () => { x: number; y: number } {
  let frames = 0
  return () => ({ x: -270 + 8 * (frames++ % 2), y: 40 })
}

function record(stream: MediaStream): Promise<Blob> {
  const recorder = new MediaRecorder(stream, { mimeType: webm })
  const parts: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => {
    parts.push(data)
    const size = parts.reduce((sum, part) => sum + part.size, 0)
    if (size > enoughBytes && recorder.state === 'recording') recorder.stop()
  })
  recorder.start(100)
  return new Promise((resolve) => {
    recorder.addEventListener('stop', () => resolve(new Blob(parts, { type: webm })))
  })
}

/** Follows a video until `enough` frames were looked at, and tells of each. */
async function follow(
  video: HTMLVideoElement,
  { enough, onFrame }: { enough: number; onFrame: () => void },
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
      onFrame()
      if (seen.ids.length === enough) stop.abort()
    },
  })
  return seen
}

test('ids stay with the faces of a photograph that moves about', async () => {
  // It moves on with each frame that was looked at: by the clock it would leap on a busy machine.
  let angle = 0
  const circle = () => ({ x: -270 + 20 * Math.cos(angle), y: 40 + 60 * Math.sin(angle) })
  const { video, stop } = await playMovingPhoto(samplePhotoUrl(3), circle)
  const onFrame = () => {
    angle += 0.15
  }
  const { ids, times, offsets } = await follow(video, { enough: 25, onFrame })
  stop()
  expect(ids[0]!.length).toBe(2)
  expect([...new Set(ids.flat())]).toEqual(ids[0])
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(Math.max(...offsets) - Math.min(...offsets)).toBeGreaterThan(30)
})

/** When the next frame is shown, in milliseconds. */
function frameOf(video: HTMLVideoElement): Promise<number> {
  return new Promise((resolve) => void video.requestVideoFrameCallback(resolve))
}

test('frames that come while one is looked at are dropped', async () => {
  const { video, stop } = await playMovingPhoto(samplePhotoUrl(3), rest)
  let running = 0
  let most = 0
  const shownWhileLooking: number[] = []
  const slow: WebRetinaFace = Object.create(retinaface, {
    configuration: { value: retinaface.configuration },
    detect: {
      value: async (): Promise<Face[]> => {
        most = Math.max(most, ++running)
        await frameOf(video)
        shownWhileLooking.push((await frameOf(video)) / 1000)
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
  for (let i = 1; i < times.length; i++) {
    expect(times[i]!).toBeGreaterThan(shownWhileLooking[i - 1]!)
  }
})

test.each([
  ['createRetinaFace', createRetinaFace],
  ['createWorkerRetinaFace', createWorkerRetinaFace],
])('%s with a network without features follows faces too', async (_, create) => {
  const outputs = { ...TINY_DETECTOR.outputs, contextFeatures: 'missing_stride{stride}' }
  const plain = { file: TINY_DETECTOR_URL, configuration: { ...TINY_DETECTOR, outputs } }
  const detector = await create({ model: plain, provider: onnxruntime, threads: 1 })
  expect(detector.givesContextFeatures).toBe(false)
  expect(retinaface.givesContextFeatures).toBe(true)
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
  const { stream, stop } = await playMovingPhoto(samplePhotoUrl(3), shaking())
  const video = document.createElement('video')
  const src = URL.createObjectURL(await record(stream))
  Object.assign(video, { muted: true, src })
  stop()
  const ids: number[] = []
  // Slowly, and followed from before it plays: a busy page would come to it when it is over.
  video.playbackRate = 0.5
  const following = detectVideo(retinaface, video, {
    // What a recorder on a busy machine leaves of the picture has blocks that look like faces a little.
    scoreThreshold: 0.8,
    onFaces: (faces) => ids.push(...faces.map(({ id }) => id)),
  })
  await video.play()
  await following
  expect(new Set(ids)).toEqual(new Set([1, 2]))
})

/** A recorded video that its page ends with an error. */
async function openFailing(): Promise<{ video: HTMLVideoElement; fail: () => void }> {
  const { stream, stop } = await playMovingPhoto(samplePhotoUrl(3), shaking())
  const media = new MediaSource()
  const video = document.createElement('video')
  Object.assign(video, { muted: true, src: URL.createObjectURL(media) })
  await new Promise((open) => media.addEventListener('sourceopen', open, { once: true }))
  const buffer = media.addSourceBuffer(webm)
  const bytes = await record(stream)
  stop()
  buffer.appendBuffer(await bytes.arrayBuffer())
  await new Promise((whole) => buffer.addEventListener('updateend', whole, { once: true }))
  return { video, fail: () => media.endOfStream('network') }
}

test('a video that fails while it plays, or before, ends it with an error that says so', async () => {
  const failing = {
    code: 'IMAGE_READ',
    message: expect.stringContaining('the video element: the network failed'),
    cause: expect.any(MediaError),
  }
  const { video, fail } = await openFailing()
  let frames = 0
  const onFaces = () => {
    // The error may come later than the next frame.
    if (frames++ === 0) fail()
  }
  const failed = expect(detectVideo(retinaface, video, { onFaces })).rejects.toMatchObject(failing)
  // Playing ends with the error too.
  video.play().catch(() => {})
  await failed
  expect(frames).toBeGreaterThan(0)
  await expect(detectVideo(retinaface, video, { onFaces })).rejects.toMatchObject(failing)
  const broken = document.createElement('video')
  const following = detectVideo(retinaface, broken, { onFaces })
  broken.src = 'data:video/webm,x'
  await expect(following).rejects.toMatchObject({
    message: expect.stringContaining('a kind that the browser does not play'),
  })
})

test.each(['while it waits', 'while it looks'])(
  'ends when the source is taken away %s',
  async (when) => {
    const { video, stop } = await playMovingPhoto(samplePhotoUrl(3), rest)
    const emptied = new Promise((resolve) => video.addEventListener('emptied', resolve))
    const take = () => {
      video.srcObject = null
    }
    const taking: WebRetinaFace = Object.create(retinaface, {
      detect: {
        value: async (): Promise<Face[]> => {
          take()
          await emptied
          return []
        },
      },
    })
    let frames = 0
    const onFaces = () => {
      if (frames++ === 0) setTimeout(take)
    }
    await detectVideo(when === 'while it looks' ? taking : retinaface, video, { onFaces })
    expect(frames).toBeGreaterThan(0)
    stop()
  },
)

const callback = HTMLVideoElement.prototype.requestVideoFrameCallback

test.each([
  ['tell', callback],
  ['do not tell', undefined],
])('another source is followed on in browsers that %s of frames', async (_, tell) => {
  if (!tell) Reflect.deleteProperty(HTMLVideoElement.prototype, 'requestVideoFrameCallback')
  const { video, stop } = await playMovingPhoto(samplePhotoUrl(3), rest)
  const other = await playMovingPhoto(samplePhotoUrl(5), rest)
  const enough = new AbortController()
  let frames = 0
  await detectVideo(retinaface, video, {
    signal: enough.signal,
    onFaces: () => {
      if (frames++ === 0) {
        video.srcObject = other.stream
        void video.play()
      } else if (frames > 3) enough.abort()
    },
  })
  expect(frames).toBe(4)
  stop()
  other.stop()
  Object.assign(HTMLVideoElement.prototype, { requestVideoFrameCallback: callback })
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
