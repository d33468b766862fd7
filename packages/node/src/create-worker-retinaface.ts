import type { RetinaFace } from '@retinaface/core'
import { type CreateOptions, resolveCreateOptions } from './create-options.ts'
import { openDetector } from './open-detector.ts'
import { WorkerPool } from './pool/worker-pool.ts'
import type { NodeImageSource } from './read-image.ts'
import { startWorker } from './start-worker.ts'
import { WorkerRetinaFace } from './worker-retinaface.ts'

/**
 * Loads a network in workers, so that finding faces never blocks the calling thread, as in a server.
 *
 * Of `threads` workers each looks at one picture at a time, on one thread. What they fail at is tried
 * again in the calling thread, so that errors have their class; where none can start, as in a bundle
 * without their file, it does all the work, and a warning says so.
 *
 * @throws {InvalidArgumentError} if an option is not valid
 * @throws {ModelLoadError} if the model cannot be read, is not the expected file or does not load
 * @throws {ModelMismatchError} if the network does not fit its configuration
 */
export async function createWorkerRetinaFace(
  options: CreateOptions = {},
): Promise<RetinaFace<NodeImageSource>> {
  const resolved = resolveCreateOptions(options)
  const pool = new WorkerPool(resolved.threads, () => startWorker(options))
  const retinaface = new WorkerRetinaFace(await openDetector({ ...resolved, threads: 1 }), pool)
  if (!(await pool.start())) {
    process.emitWarning(
      'No worker of RetinaFace could be started, so finding faces blocks the calling thread. A bundle must keep detect-worker.js of @retinaface/node beside it, or leave the package out.',
      { code: 'RETINAFACE_WORKER' },
    )
  }
  return retinaface
}
