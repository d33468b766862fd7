import { buildDetector } from './build-detector.ts'
import { type CreateOptions, planDetector } from './create-options.ts'
import { startWorker } from './start-worker.ts'
import type { WebRetinaFace } from './web-retinaface.ts'

/**
 * Loads a network and makes it ready to find faces in this page or worker.
 *
 * In a page it blocks the page while it works; {@link createWorkerRetinaFace} does not.
 *
 * @throws {InvalidArgumentError} if an option is not valid
 * @throws {ModelLoadError} if the model cannot be fetched, is not the expected file or does not load
 * @throws {ModelMismatchError} if the network does not fit its configuration
 * @throws {ProviderUnavailableError} if none of the execution providers can run it here
 */
export async function createRetinaFace(options: CreateOptions = {}): Promise<WebRetinaFace> {
  const onProgress: CreateOptions['onProgress'] = (progress) => options.onProgress?.(progress)
  return buildDetector(planDetector(options), onProgress, startWorker)
}
