import { Worker } from 'node:worker_threads'
import type { CreateOptions } from './create-options.ts'
import type { WorkerStart } from './pool/protocol.ts'
import { createLife, endBeforeProcess } from './pool/worker-life.ts'

/** Starts a worker that makes a detector of one thread from these options. */
export function startWorker(options: CreateOptions): Worker {
  const { model } = options
  const isUrl = typeof model === 'object' && model.file instanceof URL
  const life = createLife()
  const workerData: WorkerStart = {
    options: {
      ...options,
      // URLs cannot be posted.
      ...(isUrl ? { model: { ...model, file: String(model.file) } } : {}),
      threads: 1,
    },
    life,
  }
  // As it is built; from the sources it does not start, and its pictures are looked at here.
  const worker = new Worker(new URL('./detect-worker.js', import.meta.url), { workerData })
  endBeforeProcess(worker, life)
  return worker
}
