import type { DetectOptions, SizedFaces } from '@retinaface/core'
import { NodeRetinaFace } from './node-retinaface.ts'
import { type NodeImageSource, withoutStream } from './read-image.ts'

/** A detector that has all pictures looked at by workers. */
export class WorkerRetinaFace extends NodeRetinaFace {
  override async detectSized(
    source: NodeImageSource,
    options: DetectOptions = {},
  ): Promise<SizedFaces> {
    // Streams cannot be handed over.
    return this.detectElsewhere(await withoutStream(source, options.signal), options)
  }
}
