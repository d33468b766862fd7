import { clusterBoxes } from '../candidates/cluster-boxes.ts'
import { DETECT_DEFAULTS, type DetectOptions } from '../face/detect-options.ts'
import type { Face } from '../face/face.ts'
import { bareColors } from '../image/bare-colors.ts'
import type { PixelImage } from '../image/pixel-image.ts'
import type { PixelDetector } from './pixel-detector.ts'

/**
 * How faces are looked for where they are to be hidden: with a lower threshold, closer looks and all
 * turns, because hiding what is no face is better than showing one.
 */
export const HIDE_DETECT_DEFAULTS = {
  scoreThreshold: 0.2,
  inputSize: 'pyramid',
  turns: 'auto',
} as const

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
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const wanted = { ...HIDE_DETECT_DEFAULTS, ...Object.fromEntries(given) }
  const bare = bareColors(image)
  const all: Face[] = []
  for (const pixels of bare ? [image, bare] : [image]) {
    all.push(...(await retinaface.detect(pixels, wanted)))
  }
  const { nmsThreshold = DETECT_DEFAULTS.nmsThreshold } = options
  return clusterBoxes(all, nmsThreshold).map(({ kept }) => all[kept]!)
}
