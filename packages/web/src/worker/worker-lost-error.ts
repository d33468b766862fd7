import { RetinaFaceError } from '@retinaface/core'

/**
 * The worker could not be started, or died while it worked, most likely out of memory; the next call
 * starts a new one.
 */
export class WorkerLostError extends RetinaFaceError {
  override readonly name: string = 'WorkerLostError'

  constructor(problem: string, cause?: unknown) {
    super(
      'WORKER_LOST',
      `The detector's worker is gone: ${problem} Call again to start a new one.`,
      cause,
    )
  }
}
