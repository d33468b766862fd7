import { type CreateOptions, planDetector } from './create-options.ts'
import { startWorker } from './start-worker.ts'
import type { WebRetinaFace } from './web-retinaface.ts'
import { workerRetinaFace } from './worker/worker-retinaface.ts'

/**
 * Loads a network in a worker of its own, so that finding faces never blocks the page.
 *
 * A worker that dies rejects what it was doing with a {@link WorkerLostError}; the next call starts
 * another.
 *
 * @throws {InvalidArgumentError} if an option is not valid
 * @throws {ModelLoadError} if the model cannot be fetched, is not the expected file or does not load
 * @throws {ModelMismatchError} if the network does not fit its configuration
 * @throws {ProviderUnavailableError} if none of the execution providers can run it here
 * @throws {WorkerLostError} if the worker cannot be started
 */
export async function createWorkerRetinaFace(options: CreateOptions = {}): Promise<WebRetinaFace> {
  const detector = workerRetinaFace(planDetector(options), startWorker)
  await detector.open(options.onProgress)
  return detector
}
