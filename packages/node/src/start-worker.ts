import { Worker } from 'node:worker_threads'
import type { CreateOptions } from './create-retinaface.ts'

/** Starts a worker that makes a detector of one thread from these options. */
export function startWorker(options: CreateOptions): Worker {
  const { model } = options
  const isUrl = typeof model === 'object' && model.file instanceof URL
  const workerData: CreateOptions = {
    ...options,
    // URLs cannot be posted.
    ...(isUrl ? { model: { ...model, file: String(model.file) } } : {}),
    threads: 1,
  }
  // As it is built; from the sources it does not start, and its pictures are looked at here.
  return new Worker(new URL('./detect-worker.js', import.meta.url), { workerData })
}
