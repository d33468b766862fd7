import { afterEach, expect, test, vi } from 'vitest'
import { TINY_DETECTOR, TINY_DETECTOR_URL } from '../../../../fixtures/tiny-detector.ts'
import { planDetector } from '../../src/create-options.ts'
import { onnxruntime } from '../../src/onnxruntime-provider.ts'
import { startWorker } from '../../src/start-worker.ts'
import { workerRetinaFace } from '../../src/worker/worker-retinaface.ts'
import { startPreparedWorker } from '../support/prepared-worker.ts'
import { drawQuarters } from '../support/quarters.ts'

const model = { file: TINY_DETECTOR_URL, configuration: TINY_DETECTOR }

afterEach(() => vi.unstubAllGlobals())

/** Keeps the snapshots that the page takes from now on. */
function keepSnapshots(onSnapshot?: () => void): ImageBitmap[] {
  const snapshots: ImageBitmap[] = []
  const take = globalThis.createImageBitmap
  vi.stubGlobal('createImageBitmap', async (image: ImageBitmapSource) => {
    const snapshot = await take(image)
    snapshots.push(snapshot)
    onSnapshot?.()
    return snapshot
  })
  return snapshots
}

/** A closed bitmap has no pixels; nor has one that was transferred. */
function widths(bitmaps: readonly ImageBitmap[]): number[] {
  return bitmaps.map(({ width }) => width)
}

/** A picture that can be drawn, and not be read. */
async function unreadableImage(): Promise<HTMLImageElement> {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="16"><foreignObject width="24" height="16"><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject></svg>'
  const image = new Image()
  image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  await image.decode()
  return image
}

test('the worker closes every bitmap that it was given, also where it fails', async () => {
  const name = `closed ${Math.random()}`
  const channel = new BroadcastChannel(name)
  const closed: number[] = []
  channel.onmessage = ({ data }) => closed.push(data)
  const script = `const channel = new BroadcastChannel(${JSON.stringify(name)})
const { close } = ImageBitmap.prototype
ImageBitmap.prototype.close = function () {
  channel.postMessage(this.width)
  close.call(this)
}`
  const plan = planDetector({ threads: 1, pixelLimit: 1000 })
  const detector = workerRetinaFace(plan, () => startPreparedWorker(script))
  const own = await createImageBitmap(drawQuarters())
  const face = {
    landmarks: [
      [6, 6],
      [18, 6],
      [12, 8],
      [8, 12],
      [16, 12],
    ],
  } as const
  await detector.detect(own)
  await detector.readImage(own)
  await detector.align(own, face)
  await vi.waitFor(() => expect(closed).toEqual([24, 24, 24]))
  const large = new OffscreenCanvas(100, 50)
  large.getContext('2d')
  await expect(detector.detect(large)).rejects.toMatchObject({ code: 'IMAGE_READ' })
  await vi.waitFor(() => expect(closed).toEqual([24, 24, 24, 100]))
  expect(own.width).toBe(24)
  channel.close()
  await detector.dispose()
})

test('the page closes a snapshot that it does not hand over', async () => {
  const detector = workerRetinaFace(planDetector({ model, provider: onnxruntime }), startWorker)
  await detector.warmUp()
  const own = await createImageBitmap(drawQuarters())
  const stop = new AbortController()
  const snapshots = keepSnapshots(() => stop.abort(new Error('enough')))
  await expect(detector.detect(own, { signal: stop.signal })).rejects.toThrow('enough')
  expect(widths(snapshots)).toEqual([0])
  expect(own.width).toBe(24)
  await detector.dispose()
})

test('the page closes a snapshot for which there is no worker', async () => {
  const detector = workerRetinaFace(
    planDetector({ model, provider: onnxruntime }),
    () => new Worker('https://elsewhere.invalid/'),
  )
  const snapshots = keepSnapshots()
  await expect(detector.detect(drawQuarters())).rejects.toMatchObject({ code: 'WORKER_LOST' })
  expect(widths(snapshots)).toEqual([0])
})

test('the page closes a snapshot that it may not read', async () => {
  const detector = workerRetinaFace(planDetector({ model, provider: onnxruntime }), startWorker)
  const image = await unreadableImage()
  const snapshots = keepSnapshots()
  await expect(detector.detect(image)).rejects.toThrow(/hides its pixels/)
  expect(widths(snapshots)).toEqual([0])
})
