import { clusterBoxes } from '../candidates/cluster-boxes.ts'
import { DETECT_DEFAULTS, type DetectOptions } from '../face/detect-options.ts'
import type { Face } from '../face/face.ts'
import { bareColors } from '../image/bare-colors.ts'
import type { PixelImage } from '../image/pixel-image.ts'
import type { PixelDetector } from './pixel-detector.ts'
import { findTurnedFaces } from './turned-faces.ts'

/**
 * How faces are looked for where they are to be hidden: with a lower threshold and closer looks, because
 * hiding what is no face is better than showing one.
 */
export const HIDE_DETECT_DEFAULTS = { scoreThreshold: 0.2, inputSize: 'pyramid' } as const

/** How to look for faces that are to be hidden. */
export interface HideDetectOptions extends DetectOptions {
  /**
   * Look for faces that lie on their side or stand on their head: `'auto'` goes on where a reduced copy,
   * turned, shows one; `true` looks at every pixel in all four turns. Default `'auto'`.
   */
  readonly turns?: boolean | 'auto'
}

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
  { turns = 'auto', ...options }: HideDetectOptions = {},
): Promise<Face[]> {
  const wanted = { ...HIDE_DETECT_DEFAULTS, ...options }
  const bare = bareColors(image)
  const all: Face[] = []
  for (const pixels of bare ? [image, bare] : [image]) {
    const upright = await retinaface.detect(pixels, wanted)
    all.push(...upright)
    if (turns === false) continue
    all.push(...(await findTurnedFaces(retinaface, pixels, wanted, upright, turns === true)))
  }
  const { nmsThreshold = DETECT_DEFAULTS.nmsThreshold } = options
  return clusterBoxes(all, nmsThreshold).map(({ kept }) => all[kept]!)
}
