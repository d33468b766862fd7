import { describe, vi } from 'vitest'
import { testDetectorContract } from '../../../fixtures/detector-contract.ts'
import { TINY_DETECTOR, TINY_DETECTOR_URL } from '../../../fixtures/tiny-detector.ts'
import { createRetinaFace } from '../src/create-retinaface.ts'
import { createWorkerRetinaFace } from '../src/create-worker-retinaface.ts'

// Workers run from the build only; what talks to them is tested from the sources.
vi.mock('node:worker_threads', async (load) => {
  const threads = await load<typeof import('node:worker_threads')>()
  const built = new URL('../dist/detect-worker.js', import.meta.url)
  class Worker extends threads.Worker {
    constructor(_script: URL, options: object) {
      super(built, { ...options, execArgv: [] })
    }
  }
  return { ...threads, Worker }
})

const model = { file: TINY_DETECTOR_URL, configuration: TINY_DETECTOR }

describe('in the calling thread', () => {
  testDetectorContract(() => createRetinaFace({ model }))
})

describe('in workers', () => {
  testDetectorContract(() => createWorkerRetinaFace({ model, threads: 2 }))
})
