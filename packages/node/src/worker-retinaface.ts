import type { DetectOptions, RetinaFaceParts, SizedFaces } from '@retinaface/core'
import { NodeRetinaFace } from './node-retinaface.ts'
import type { WorkerPool } from './pool/worker-pool.ts'
import { type NodeImageSource, withoutStream } from './read-image.ts'

/** A detector that has all pictures looked at by workers. */
export class WorkerRetinaFace extends NodeRetinaFace {
  private readonly workers: WorkerPool

  constructor(parts: RetinaFaceParts<NodeImageSource>, workers: WorkerPool) {
    super(parts, workers)
    this.workers = workers
  }

  override async detectSized(
    source: NodeImageSource,
    options: DetectOptions = {},
  ): Promise<SizedFaces> {
    // Streams cannot be handed over.
    const whole = await withoutStream(source, options.signal)
    return this.detectElsewhere(this.workers, whole, options)
  }
}
