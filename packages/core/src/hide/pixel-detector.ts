import type { DetectOptions } from '../face/detect-options.ts'
import type { Face } from '../face/face.ts'
import type { PixelImage } from '../image/pixel-image.ts'

/** What finds faces in pixels: every `RetinaFace` does. */
export interface PixelDetector {
  detect(image: PixelImage, options?: DetectOptions): Promise<Face[]>
}
