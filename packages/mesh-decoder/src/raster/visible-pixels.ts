import type { RasterTarget } from './raster-target.ts'

/** Which triangle is seen at which pixel centres: what the gradients of rendering hold fixed. */
export interface VisiblePixels {
  /** [pixels] row · width + column. */
  readonly pixels: Int32Array
  /** [pixels] index of the triangle seen there. */
  readonly triangles: Int32Array
  /** Pixels in a row of the picture. */
  readonly width: number
}

/** The pixels of a drawn target that show a triangle and of which `isKnown` holds. */
export function visiblePixels(
  { triangleIndex, width }: RasterTarget,
  isKnown: (pixel: number) => boolean,
): VisiblePixels {
  const pixels: number[] = []
  triangleIndex.forEach((triangle, pixel) => {
    if (triangle >= 0 && isKnown(pixel)) pixels.push(pixel)
  })
  return {
    pixels: Int32Array.from(pixels),
    triangles: Int32Array.from(pixels, (pixel) => triangleIndex[pixel]!),
    width,
  }
}
