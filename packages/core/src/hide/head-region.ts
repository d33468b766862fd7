import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import type { Box } from '../face/face.ts'
import type { ImageSize } from '../image/shrunken-image.ts'

/** The ellipse that a head lies in, in image pixels; it may reach beyond the picture. */
export interface HeadRegion {
  readonly centreX: number
  readonly centreY: number
  readonly radiusX: number
  readonly radiusY: number
}

/**
 * The ellipse through the corners of a face's box, or a larger one: boxes end at the forehead and before
 * the ears.
 *
 * @param margin how much larger, as a share of both radii
 * @throws {InvalidArgumentError} if the box is none
 */
export function headRegion(box: Box, margin: number): HeadRegion {
  const [x1, y1, x2, y2] = checkBox(box)
  const reach = (Math.SQRT2 * (1 + margin)) / 2
  return {
    centreX: (x1 + x2) / 2,
    centreY: (y1 + y2) / 2,
    radiusX: Math.max(1, (x2 - x1) * reach),
    radiusY: Math.max(1, (y2 - y1) * reach),
  }
}

function checkBox(box: Box): Box {
  const isBox = Array.isArray(box) && box.length === 4 && box.every(Number.isFinite)
  if (isBox && box[0] <= box[2] && box[1] <= box[3]) return box
  throw new InvalidArgumentError('face.box', 'four finite numbers, [x1, y1, x2, y2]', box)
}

/** Columns and rows of a picture that a region touches; the last ones are not included. */
export interface PixelBounds {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/**
 * The pixels of a picture in the rectangle around a region.
 *
 * @param grown how much larger the region is taken to be, as a share
 */
export function boundsOf(
  { centreX, centreY, radiusX, radiusY }: HeadRegion,
  { width, height }: ImageSize,
  grown: number,
): PixelBounds {
  const acrossX = radiusX * (1 + grown)
  const acrossY = radiusY * (1 + grown)
  return {
    left: Math.max(0, Math.floor(centreX - acrossX)),
    top: Math.max(0, Math.floor(centreY - acrossY)),
    right: Math.min(width, Math.ceil(centreX + acrossX) + 1),
    bottom: Math.min(height, Math.ceil(centreY + acrossY) + 1),
  }
}
