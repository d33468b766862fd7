import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import { flattenAlpha } from '../image/flatten-alpha.ts'
import { assertPixelImage, type PixelImage } from '../image/pixel-image.ts'
import {
  type AffineTransform,
  invertTransform,
  type Point,
  similarityTransform,
} from './similarity-transform.ts'
import { warpImage } from './warp-image.ts'

/** Five points in a face's order: right eye, left eye, nose tip, right and left mouth corner. */
export type FivePoints = readonly [Point, Point, Point, Point, Point]

/** Where the five points go and how large the crop is. */
export interface AlignmentTemplate {
  /** In pixels of the crop; the subject's right eye is at the left. */
  readonly points: FivePoints
  readonly width: number
  readonly height: number
}

/** The 112×112 crop that ArcFace and most face recognition networks expect (arXiv 1801.07698). */
export const ARCFACE_TEMPLATE: AlignmentTemplate = {
  points: [
    [38.2946, 51.6963],
    [73.5318, 51.5014],
    [56.0252, 71.7366],
    [41.5493, 92.3655],
    [70.7299, 92.2041],
  ],
  width: 112,
  height: 112,
}

const longestSide = 8192

/** A face turned upright and cut out. */
export interface AlignedFace {
  readonly image: PixelImage
  /** Takes image coordinates to coordinates of the crop. */
  readonly transform: AffineTransform
  /** Takes coordinates of the crop back to image coordinates. */
  readonly inverse: AffineTransform
}

/** Options of {@link alignFace}. */
export interface AlignOptions {
  /** Default {@link ARCFACE_TEMPLATE}. */
  readonly template?: AlignmentTemplate
  /** Scales the template: 2 gives a crop of twice its width and height. Default 1. */
  readonly scale?: number
}

/**
 * Cuts a face out so that its five landmarks come to lie on a template's, as nearly as a similarity
 * transform allows. What is transparent lies on white, as the detector sees it.
 *
 * @throws {InvalidImageError} if the image's pixels do not fit its dimensions.
 * @throws {InvalidArgumentError} if the landmarks coincide or the size is not positive.
 */
export function alignFace(
  image: PixelImage,
  landmarks: FivePoints,
  options: AlignOptions = {},
): AlignedFace {
  assertPixelImage(image)
  expectFivePoints(landmarks)
  const { template = ARCFACE_TEMPLATE, scale = 1 } = options
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new InvalidArgumentError('options.scale', 'a positive number', scale)
  }
  const size = {
    width: Math.round(template.width * scale),
    height: Math.round(template.height * scale),
  }
  if (!(size.width >= 1 && size.height >= 1)) {
    throw new InvalidArgumentError('options.template', 'a size of at least one pixel', template)
  }
  if (Math.max(size.width, size.height) > longestSide) {
    const expected = `a number that makes crops of at most ${longestSide} pixels a side`
    throw new InvalidArgumentError('options.scale', expected, scale)
  }
  const transform = similarityTransform(landmarks, scaleTemplate(template.points, scale))
  return {
    image: warpImage(flattenAlpha(image), transform, size),
    transform,
    inverse: invertTransform(transform),
  }
}

/**
 * As {@link alignFace}, of several faces of one picture.
 *
 * @returns the crops in the order of the faces
 * @throws {InvalidImageError} {InvalidArgumentError} as `alignFace` does, for the first face that is wrong
 *
 * @example
 * const crops = alignFaces(picture, await retinaface.detect(picture), { scale: 2 })
 */
export function alignFaces(
  image: PixelImage,
  faces: readonly { readonly landmarks: FivePoints }[],
  options: AlignOptions = {},
): AlignedFace[] {
  assertPixelImage(image)
  const opaque = flattenAlpha(image)
  return faces.map(({ landmarks }) => alignFace(opaque, landmarks, options))
}

// Pixel (x, y) covers x − 0.5 to x + 0.5, so a template grows about the corner at −0.5.
function scaleTemplate(points: FivePoints, scale: number): Point[] {
  return points.map(([x, y]) => [(x + 0.5) * scale - 0.5, (y + 0.5) * scale - 0.5])
}

function expectFivePoints(landmarks: FivePoints): void {
  const isPoint = (point: unknown) =>
    Array.isArray(point) && point.length === 2 && point.every(Number.isFinite)
  if (Array.isArray(landmarks) && landmarks.length === 5 && landmarks.every(isPoint)) return
  const expected = 'five points [x, y] of finite numbers, as the landmarks of a face are,'
  throw new InvalidArgumentError('landmarks', expected, landmarks)
}
