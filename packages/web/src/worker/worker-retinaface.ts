import { RemoteDetector, type RemoteFacts } from '@retinaface/core'
import type { WebImageSource } from '../image/web-image-source.ts'
import type { DetectorPlan } from '../runtime/detector-plan.ts'
import type { ActiveProvider } from '../runtime/execution-provider.ts'
import { warmUpImage } from '../warm-up-image.ts'
import type { WebRetinaFace } from '../web-retinaface.ts'
import { makePostable } from './make-postable.ts'
import { openWorker } from './open-worker.ts'

interface WebFacts extends RemoteFacts {
  readonly provider: ActiveProvider
}

/** A detector in a worker, which never blocks the page. */
export class WorkerRetinaFace
  extends RemoteDetector<WebImageSource, WebFacts>
  implements WebRetinaFace
{
  /** @param start starts the package's worker script */
  constructor(plan: DetectorPlan, start: () => Worker) {
    const startWorker = () => openWorker(start)
    super({ workers: 1, ahead: 1, startWorker, plan, prepare: makePostable })
  }

  get provider(): ActiveProvider {
    return this.facts.provider
  }

  async warmUp(): Promise<void> {
    await this.detect(warmUpImage())
  }
}
