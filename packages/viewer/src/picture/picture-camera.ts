import type { Pinhole } from '@retinaface/mesh-decoder'

/** Width and height in pixels of the upright picture. */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** True if two pictures are of one size, or there are none. */
export function isSameSize(a: PictureSize | undefined, b: PictureSize | undefined): boolean {
  return a?.width === b?.width && a?.height === b?.height
}

/**
 * The one camera that stands for the photo's: looks at its middle, with a focal length of its long
 * side (a normal lens; the photo does not say).
 */
export function pictureCamera({ width, height }: PictureSize): Pinhole {
  return { focalLength: Math.max(width, height), principalX: width / 2, principalY: height / 2 }
}
