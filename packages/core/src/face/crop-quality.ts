import type { FivePoints } from '../align/align-face.ts'
import { sharpnessOf } from '../align/sharpness.ts'
import type { PixelImage } from '../image/pixel-image.ts'
import type { Face } from './face.ts'

// Larger faces than crops are of no more use.
const enoughPixels = 112
// Variance of the Laplacian at which a crop is half as sharp as can be.
const halfSharp = 200

/**
 * How good a face's crop is beside others of the same person, 0 to 1: the product of its score, of its size up
 * to 112 pixels, of how much it looks into the camera, and of how sharp it is.
 *
 * @param crop the aligned crop of 112×112 pixels, as {@link alignFace} cuts it
 * @example
 * const { image } = alignFace(frame, face.landmarks)
 * if (cropQuality(face, image) > best) keep(image)
 */
export function cropQuality(
  { score, box: [x1, y1, x2, y2], landmarks }: Pick<Face, 'score' | 'box' | 'landmarks'>,
  crop: PixelImage,
): number {
  const size = Math.min(1, Math.sqrt((x2 - x1) * (y2 - y1)) / enoughPixels)
  const sharpness = sharpnessOf(crop)
  return score * size * frontality(landmarks) * (sharpness / (sharpness + halfSharp))
}

/**
 * 1 where the tip of the nose lies in the middle between the eyes, 0 where it is half of their distance or more
 * to the side, as in profiles.
 */
function frontality([rightEye, leftEye, nose]: FivePoints): number {
  const [acrossX, acrossY] = [leftEye[0] - rightEye[0], leftEye[1] - rightEye[1]]
  const fromX = nose[0] - (leftEye[0] + rightEye[0]) / 2
  const fromY = nose[1] - (leftEye[1] + rightEye[1]) / 2
  const square = acrossX ** 2 + acrossY ** 2
  if (square === 0) return 0
  return Math.max(0, 1 - (2 * Math.abs(fromX * acrossX + fromY * acrossY)) / square)
}
