import type { FaceDetector } from '@retinaface/core'
import type { WebImageSource } from './image/web-image-source.ts'

/** A detector in a browser, direct or in a worker. */
export type WebRetinaFace = FaceDetector<WebImageSource>
