import {
  DisposedError,
  ImageReadError,
  InvalidArgumentError,
  ModelLoadError,
  ModelMismatchError,
  WorkerLostError,
} from '@retinaface/core'
import { afterEach, expect, test, vi } from 'vitest'
import { drawCells, TINY_DETECTOR, TINY_DETECTOR_URL } from '../../../../fixtures/tiny-detector.ts'
import { planDetector } from '../../src/create-options.ts'
import { createWorkerRetinaFace } from '../../src/create-worker-retinaface.ts'
import type { LoadProgress } from '../../src/model/load-progress.ts'
import { onnxruntime } from '../../src/onnxruntime-provider.ts'
import { startWorker } from '../../src/start-worker.ts'
import type { WebRetinaFace } from '../../src/web-retinaface.ts'
import { workerRetinaFace } from '../../src/worker/worker-retinaface.ts'
import { startPreparedWorker } from '../support/prepared-worker.ts'

const model = { file: TINY_DETECTOR_URL, configuration: TINY_DETECTOR }
const { image } = drawCells(160, 96, [{ column: 1, row: 1, brightness: 255 }])

let workers: Worker[] = []
let detectors: WebRetinaFace[] = []

function watched(start: () => Worker = startWorker): WebRetinaFace {
  const detector = workerRetinaFace(planDetector({ model, provider: onnxruntime }), () => {
    const worker = start()
    workers.push(worker)
    return worker
  })
  detectors.push(detector)
  return detector
}

afterEach(async () => {
  await Promise.all(detectors.map((detector) => detector.dispose()))
  workers = []
  detectors = []
})

test('errors keep their class, their code and their fields', async () => {
  const detector = watched()
  const bad = await detector.detect(image, { nmsThreshold: 3 }).catch((error: unknown) => error)
  expect(bad).toBeInstanceOf(InvalidArgumentError)
  expect(bad).toMatchObject({
    name: 'InvalidArgumentError',
    argument: 'options.nmsThreshold',
    message: 'Expected a number from 0 to 1 for options.nmsThreshold but received 3.',
  })
  const unreadable = await detector.detect(new Blob(['x'])).catch((error: unknown) => error)
  expect(unreadable).toBeInstanceOf(ImageReadError)
  expect(unreadable).toMatchObject({
    source: 'the picture in memory',
    cause: { name: 'InvalidStateError' },
  })
  await detector.dispose()
  await expect(detector.detect(image)).rejects.toBeInstanceOf(DisposedError)
})

test('a model that cannot be had is an error of the call that made the detector', async () => {
  const configuration = TINY_DETECTOR
  const file = '/missing.onnx'
  await expect(
    createWorkerRetinaFace({
      model: { file: new Uint8Array(9), configuration },
      provider: onnxruntime,
    }),
  ).rejects.toBeInstanceOf(ModelLoadError)
  await expect(
    createWorkerRetinaFace({ model: { file, configuration, sha256: '0'.repeat(64) } }),
  ).rejects.toBeInstanceOf(ModelLoadError)
  await expect(
    createWorkerRetinaFace({
      model: { ...model, configuration: 'mnet025' },
      provider: onnxruntime,
    }),
  ).rejects.toBeInstanceOf(ModelMismatchError)
})

test('pixels that were handed in stay with the caller', async () => {
  const detector = watched()
  const before = image.data.slice()
  await detector.detect(image)
  expect(image.data).toEqual(before)
})

test('tells of the download in bytes, then of compiling', async () => {
  const told: LoadProgress[] = []
  const detector = await createWorkerRetinaFace({ onProgress: (step) => told.push(step) })
  await detector.warmUp()
  await detector.dispose()
  const bytes = told.flatMap((step) => (step.stage === 'download' ? [step] : []))
  expect(bytes.length).toBeGreaterThan(0)
  expect(bytes.at(-1)!.loaded).toBe(bytes.at(-1)!.total)
  expect(bytes.map(({ loaded }) => loaded)).toEqual(
    bytes.map(({ loaded }) => loaded).toSorted((a, b) => a - b),
  )
  expect(told.slice(bytes.length)).toEqual([{ stage: 'compile' }, { stage: 'ready' }])
})

test('a worker that dies rejects what it did, and the next call has a new one', async () => {
  const detector = watched()
  expect((await detector.detect(image)).length).toBe(1)
  // The browser ends a worker like this, without any event, when memory runs out.
  const large = {
    data: new Uint8Array(4000 * 4000),
    width: 4000,
    height: 4000,
    channels: 1 as const,
  }
  const lost = detector.detect(large).catch((error: unknown) => error)
  await vi.waitFor(() => expect(workers.length).toBe(1))
  setTimeout(() => workers[0]!.terminate(), 50)
  expect(await lost).toBeInstanceOf(WorkerLostError)
  expect(await lost).toMatchObject({ code: 'WORKER_LOST' })
  expect((await detector.detect(image)).length).toBe(1)
  expect(workers.length).toBe(2)
})

test('a worker that fails by itself is replaced too', async () => {
  const detector = watched()
  await detector.detect(image)
  workers[0]!.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }))
  expect((await detector.detect(image)).length).toBe(1)
  expect(workers.length).toBe(2)
})

test('a script that is not there is said to be so', async () => {
  const detector = watched(() => new Worker('/missing-worker.js', { type: 'module' }))
  await expect(detector.detect(image)).rejects.toBeInstanceOf(WorkerLostError)
})

test('a worker that the browser forbids is said to be so, and tried again', async () => {
  let isAllowed = false
  const detector = watched(() =>
    isAllowed ? startWorker() : new Worker('https://elsewhere.invalid/worker.js'),
  )
  const error = await detector.detect(image).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(WorkerLostError)
  expect(error).toMatchObject({
    message: expect.stringContaining('SecurityError'),
    cause: { name: 'SecurityError' },
  })
  isAllowed = true
  expect((await detector.detect(image)).length).toBe(1)
})

test('dispose lets the last detection finish', async () => {
  const detector = watched()
  const faces = detector.detect(image)
  await detector.dispose()
  expect((await faces).length).toBe(1)
})

test('a cancelled detection frees the worker for the next', async () => {
  const detector = watched()
  await detector.warmUp()
  const stop = new AbortController()
  const large = {
    data: new Uint8Array(6000 * 6000),
    width: 6000,
    height: 6000,
    channels: 1 as const,
  }
  let passes = 0
  const onProgress = () => {
    if (++passes === 2) stop.abort(new Error('enough'))
  }
  const options = { tileSize: 640, signal: stop.signal, onProgress }
  await expect(detector.detect(large, options)).rejects.toThrow('enough')
  expect((await detector.detect(image)).length).toBe(1)
  expect(passes).toBe(2)
})

test('a function of the caller that throws ends the detection with its error', async () => {
  const detector = watched()
  await detector.warmUp()
  const post = vi.spyOn(workers[0]!, 'postMessage')
  let passes = 0
  const onProgress = () => {
    passes++
    throw new Error('mine')
  }
  const wide = { data: new Uint8Array(6000 * 64), width: 6000, height: 64, channels: 1 as const }
  const options = { inputSize: 'original' as const, tileSize: 640, onProgress }
  await expect(detector.detect(wide, options)).rejects.toThrow(/^mine$/)
  expect(post).toHaveBeenLastCalledWith({ id: expect.any(Number), isStopped: true }, [])
  expect((await detector.detect(image)).length).toBe(1)
  expect(passes).toBe(1)
})

test('a worker that finds no locks is not taken for dead', async () => {
  let starts = 0
  const detector = workerRetinaFace(planDetector({ threads: 1 }), () => {
    starts++
    return startPreparedWorker("Object.defineProperty(navigator, 'locks', { value: undefined })")
  })
  await detector.warmUp()
  // What the page would ask of the lock at the start is answered by then.
  await navigator.locks.request('another', () => undefined)
  await detector.warmUp()
  expect(starts).toBe(1)
  await detector.dispose()
})
