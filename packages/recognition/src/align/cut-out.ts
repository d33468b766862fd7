import {
  type AffineTransform,
  cropImage,
  type ImageSize,
  invertTransform,
  type PixelImage,
  type Region,
  resizeImage,
  transformPoint,
  warpImage,
} from '@retinaface/core'
import { flattenAlpha } from '@retinaface/core/platform'

/**
 * Cuts out what an affine map takes to a crop. Where the picture has more than two pixels for one of the
 * crop, it is shrunk first, so that every pixel counts.
 *
 * @param transform from the picture to the crop
 */
export function cutOut(image: PixelImage, transform: AffineTransform, size: ImageSize): PixelImage {
  const [a, b, , d, e] = transform
  const scale = Math.sqrt(Math.abs(a * e - b * d))
  const region = scale < 0.5 ? regionOf(image, transform, size) : undefined
  if (!region) return warpImage(flattenAlpha(image), transform, size)
  const width = Math.max(1, Math.round(region.width * 2 * scale))
  const height = Math.max(1, Math.round(region.height * 2 * scale))
  const small = resizeImage(flattenAlpha(cropImage(image, region)), width, height)
  return warpImage(small, fromShrunken(transform, region, { width, height }), size)
}

/** The part of the picture that the crop shows; `undefined` if that is none. */
function regionOf(
  image: PixelImage,
  transform: AffineTransform,
  { width, height }: ImageSize,
): Region | undefined {
  const inverse = invertTransform(transform)
  const corners = [
    transformPoint(inverse, [0, 0]),
    transformPoint(inverse, [width, 0]),
    transformPoint(inverse, [0, height]),
    transformPoint(inverse, [width, height]),
  ]
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  const x = Math.max(0, Math.floor(Math.min(...xs)) - 1)
  const y = Math.max(0, Math.floor(Math.min(...ys)) - 1)
  const right = Math.min(image.width, Math.ceil(Math.max(...xs)) + 2)
  const bottom = Math.min(image.height, Math.ceil(Math.max(...ys)) + 2)
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : undefined
}

/** The map from a shrunken part of the picture: pixel x of it has its centre at (x + 0.5) · step − 0.5. */
function fromShrunken(
  [a, b, c, d, e, f]: AffineTransform,
  region: Region,
  small: ImageSize,
): AffineTransform {
  const [stepX, stepY] = [region.width / small.width, region.height / small.height]
  const [x, y] = [region.x + stepX / 2 - 0.5, region.y + stepY / 2 - 0.5]
  return [a * stepX, b * stepY, a * x + b * y + c, d * stepX, e * stepY, d * x + e * y + f]
}
