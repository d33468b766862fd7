import { DEFAULT_MARGIN } from '@retinaface/node'
import type { Box } from '../pictures/known-faces.ts'

/** Of a cover: half of the diagonal of a face's box, and the default margin. */
const reach = (Math.SQRT2 * (1 + DEFAULT_MARGIN)) / 2

/** True if a point lies in the ellipse with which a face of this box is hidden by default. */
export function isInCover([x, y]: readonly [number, number], [x1, y1, x2, y2]: Box): boolean {
  const across = (x - (x1 + x2) / 2) / ((x2 - x1) * reach)
  const down = (y - (y1 + y2) / 2) / ((y2 - y1) * reach)
  return across ** 2 + down ** 2 <= 1
}

/** True if the cover of a face hides the middle of a box, where eyes, nose and mouth are. */
export function isCovered([x1, y1, x2, y2]: Box, face: Box): boolean {
  const [nearX, farX] = [0.75 * x1 + 0.25 * x2, 0.25 * x1 + 0.75 * x2]
  const [nearY, farY] = [0.75 * y1 + 0.25 * y2, 0.25 * y1 + 0.75 * y2]
  const corners = [nearX, farX].flatMap((x) => [nearY, farY].map((y) => [x, y] as const))
  return corners.every((corner) => isInCover(corner, face))
}
