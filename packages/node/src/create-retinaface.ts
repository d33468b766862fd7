import type { RetinaFace } from '@retinaface/core'
import { type CreateOptions, resolveCreateOptions } from './create-options.ts'
import { NodeRetinaFace } from './node-retinaface.ts'
import { openDetector } from './open-detector.ts'
import { WorkerPool } from './pool/worker-pool.ts'
import type { NodeImageSource } from './read-image.ts'
import { startWorker } from './start-worker.ts'

/**
 * Loads a network and makes it ready to find faces.
 *
 * @throws {InvalidArgumentError} if an option is not valid
 * @throws {ModelLoadError} if the model cannot be read, is not the expected file or does not load
 * @throws {ModelMismatchError} if the network does not fit its configuration
 */
export function createRetinaFace(
  options: CreateOptions = {},
): Promise<RetinaFace<NodeImageSource>> {
  return createNodeRetinaFace(options)
}

/** As {@link createRetinaFace}, with what this package alone may use. */
export async function createNodeRetinaFace(options: CreateOptions): Promise<NodeRetinaFace> {
  const resolved = resolveCreateOptions(options)
  const { threads } = resolved
  const pool = threads > 1 ? new WorkerPool(threads, () => startWorker(options)) : undefined
  return new NodeRetinaFace(await openDetector(resolved), pool)
}
