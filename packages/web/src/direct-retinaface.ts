import {
  type DetectOptions,
  RetinaFace,
  type RetinaFaceParts,
  type SizedFaces,
} from '@retinaface/core'
import type { WebImageSource } from './image/web-image-source.ts'
import type { ActiveProvider } from './runtime/execution-provider.ts'
import { warmUpImage } from './warm-up-image.ts'
import type { WebRetinaFace } from './web-retinaface.ts'

/** A detector that works in the page or worker that made it, and blocks it while it does. */
export class DirectRetinaFace extends RetinaFace<WebImageSource> implements WebRetinaFace {
  readonly provider: ActiveProvider

  constructor(parts: RetinaFaceParts<WebImageSource> & { readonly provider: ActiveProvider }) {
    super(parts)
    this.provider = parts.provider
  }

  // The worker needs the size for the results of `detectMany`, which its page puts together.
  override async detectSized(
    source: WebImageSource,
    options: DetectOptions = {},
  ): Promise<SizedFaces> {
    return super.detectSized(source, options)
  }

  async warmUp(): Promise<void> {
    await this.detect(warmUpImage())
  }
}
