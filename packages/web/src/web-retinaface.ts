import type { FaceDetector } from '@retinaface/core'
import type { WebImageSource } from './image/web-image-source.ts'
import type { ActiveProvider } from './runtime/execution-provider.ts'

/** A detector in a browser, direct or in a worker. */
export interface WebRetinaFace
  extends Pick<FaceDetector<WebImageSource>, keyof FaceDetector<WebImageSource>> {
  /** What runs the network. */
  readonly provider: ActiveProvider
  /** Detects in a blank picture, so that the first real one is not slower than those after it. */
  warmUp(): Promise<void>
}
