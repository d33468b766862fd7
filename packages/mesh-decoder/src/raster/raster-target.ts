import { checkCount, checkLength } from '../camera/check-length.ts'

/** The buffers that the rasteriser writes to, owned by the caller; rows from top to bottom. */
export interface RasterTarget {
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** [height, width, 4] sRGB-encoded, alpha not premultiplied; alpha is the pixel's coverage. */
  readonly rgba: Uint8ClampedArray
  /** [height, width] distance along the viewing axis, centimetres; +∞ where nothing is drawn. */
  readonly depth: Float32Array
  /** [height, width] index of the triangle that is seen; −1 where nothing is drawn. */
  readonly triangleIndex: Int32Array
  /**
   * A target with a whole number of samples along each axis of a pixel. When present, triangles are
   * drawn here and averaged into this target: edges come out anti-aliased.
   */
  readonly samples?: RasterTarget
}

/**
 * Buffers of a size, cleared; with `samplesPerAxis` over 1 for anti-aliased edges (4 gives 16
 * samples a pixel).
 *
 * @throws InvalidArgumentError if a number is not a positive integer.
 */
export function createRasterTarget(
  width: number,
  height: number,
  samplesPerAxis = 1,
): RasterTarget {
  checkCount('width', width)
  checkCount('height', height)
  checkCount('samplesPerAxis', samplesPerAxis)
  const target: RasterTarget = {
    width,
    height,
    rgba: new Uint8ClampedArray(width * height * 4),
    depth: new Float32Array(width * height),
    triangleIndex: new Int32Array(width * height),
    ...(samplesPerAxis > 1 && {
      samples: createRasterTarget(width * samplesPerAxis, height * samplesPerAxis),
    }),
  }
  clearRasterTarget(target)
  return target
}

/** Makes every pixel transparent, infinitely far and of no triangle. */
export function clearRasterTarget(target: RasterTarget): void {
  target.rgba.fill(0)
  target.depth.fill(Number.POSITIVE_INFINITY)
  target.triangleIndex.fill(-1)
  if (target.samples) clearRasterTarget(target.samples)
}

/** Checks that a target's buffers have its size. */
export function checkRasterTarget({
  width,
  height,
  rgba,
  depth,
  triangleIndex,
}: RasterTarget): void {
  checkLength('target.rgba', rgba, width * height * 4)
  checkLength('target.depth', depth, width * height)
  checkLength('target.triangleIndex', triangleIndex, width * height)
}
