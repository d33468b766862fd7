import { RetinaFace, type RetinaFaceParts } from '@retinaface/core'
import type { LoadedSource } from './image/load-source.ts'
import type { WebImageSource } from './image/web-image-source.ts'
import type { ActiveProvider } from './runtime/execution-provider.ts'
import { warmUpImage } from './warm-up-image.ts'
import type { WebRetinaFace } from './web-retinaface.ts'

/** A detector that works in the page or worker that made it, and blocks it while it does. */
export class DirectRetinaFace
  extends RetinaFace<WebImageSource, LoadedSource>
  implements WebRetinaFace
{
  readonly provider: ActiveProvider

  constructor(
    parts: RetinaFaceParts<WebImageSource, LoadedSource> & { readonly provider: ActiveProvider },
  ) {
    super(parts)
    this.provider = parts.provider
  }

  async warmUp(): Promise<void> {
    await this.detect(warmUpImage())
  }
}
