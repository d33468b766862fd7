import { RemoteDetector } from '@retinaface/core/platform'
import type { WebImageSource } from '../image/web-image-source.ts'
import type { DetectorPlan } from '../runtime/detector-plan.ts'
import { makePostable } from './make-postable.ts'
import { openWorker } from './open-worker.ts'

/**
 * A detector in a worker, which never blocks the page.
 *
 * @param start starts the package's worker script
 */
export function workerRetinaFace(
  plan: DetectorPlan,
  start: () => Worker,
): RemoteDetector<WebImageSource> {
  const startWorker = () => openWorker(start)
  return new RemoteDetector({ workers: 1, ahead: 1, startWorker, plan, prepare: makePostable })
}
