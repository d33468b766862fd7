import { clusterBoxes } from '../candidates/cluster-boxes.ts'
import { DETECT_DEFAULTS, type DetectOptions } from '../face/detect-options.ts'
import type { Face } from '../face/face.ts'
import { bareColors } from '../image/bare-colors.ts'
import type { PixelImage } from '../image/pixel-image.ts'

/** What finds faces in pixels: every `RetinaFace` does. */
export interface PixelDetector {
  detect(image: PixelImage, options?: DetectOptions): Promise<Face[]>
}

/**
 * How faces are looked for where they are to be hidden: with a lower threshold and closer looks, because
 * hiding what is no face is better than showing one.
 */
export const HIDE_DETECT_DEFAULTS = { scoreThreshold: 0.2, inputSize: 'pyramid' } as const

/**
 * Finds every face that a picture's pixels hold: those that are seen, and those under translucent pixels,
 * whose colours are in the file whoever sees them.
 *
 * @param image the pixels that are to be hidden and written
 * @param options override {@link HIDE_DETECT_DEFAULTS}
 * @returns faces, the best first
 * @throws what `detect` throws
 */
export async function findFacesToHide(
  retinaface: PixelDetector,
  image: PixelImage,
  options: DetectOptions = {},
): Promise<Face[]> {
  const wanted = { ...HIDE_DETECT_DEFAULTS, ...options }
  const seen = await retinaface.detect(image, wanted)
  const bare = bareColors(image)
  if (!bare) return seen
  const all = [...seen, ...(await retinaface.detect(bare, wanted))]
  const { nmsThreshold = DETECT_DEFAULTS.nmsThreshold } = options
  return clusterBoxes(all, nmsThreshold).map(({ kept }) => all[kept]!)
}
