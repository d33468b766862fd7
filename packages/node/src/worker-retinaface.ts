import type { DetectOptions, SizedFaces } from '@retinaface/core'
import { NodeRetinaFace } from './node-retinaface.ts'
import { isStream, readEncoded } from './read-encoded.ts'
import type { NodeImageSource } from './read-image.ts'

/** A detector that has all pictures looked at by workers. */
export class WorkerRetinaFace extends NodeRetinaFace {
  override async detectSized(
    source: NodeImageSource,
    options: DetectOptions = {},
  ): Promise<SizedFaces> {
    // Streams cannot be handed over.
    const picture = isStream(source) ? await readEncoded(source, options.signal) : source
    return this.detectElsewhere(picture, options)
  }
}
