import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import { arrayClassOf } from '../arrays/array-class.ts'
import { InvalidImageError } from '../errors/detector-errors.ts'

/**
 * A picture as plain pixels: 8 bits a sample, sRGB, rows from top to bottom, samples interleaved.
 *
 * Channels are 1 (grey), 3 (RGB) or 4 (RGBA, alpha not premultiplied). Sample c of the pixel at
 * (column x, row y) is `data[y * rowStride + x * channels + c]`.
 */
export interface PixelImage {
  readonly data: Uint8Array | Uint8ClampedArray
  /** Columns, in pixels. */
  readonly width: number
  /** Rows, in pixels. */
  readonly height: number
  readonly channels: 1 | 3 | 4
  /** Elements from one row to the next; `width * channels` when left out. */
  readonly rowStride?: number
}

/** As a {@link PixelImage}, with 16 bits a sample, 0 to 65,535: what scanners and editors write. */
export interface DeepPixelImage extends Omit<PixelImage, 'data'> {
  readonly data: Uint16Array
}

/** A rectangle of whole pixels in the image frame. */
export interface Region {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Elements from one row of `image` to the next. */
export function rowStrideOf(image: PixelImage | DeepPixelImage): number {
  return image.rowStride ?? image.width * image.channels
}

const sampleClasses: readonly unknown[] = ['Uint8Array', 'Uint8ClampedArray']

/**
 * Checks that an image's dimensions, channels, stride and data agree.
 *
 * @throws {InvalidImageError} naming what was expected and what came.
 */
export function assertPixelImage(image: PixelImage): void {
  if (!sampleClasses.includes(arrayClassOf(image?.data))) {
    throw new InvalidImageError(
      'Expected image.data to be a Uint8Array or Uint8ClampedArray of 8-bit samples.',
    )
  }
  assertLayout(image)
}

/**
 * Checks that an image's dimensions, channels, stride and length of data agree, whatever its depth.
 *
 * @throws {InvalidImageError} naming what was expected and what came.
 */
export function assertLayout(image: PixelImage | DeepPixelImage): void {
  const { width, height, channels, data } = image
  if (!isPositiveInteger(width) || !isPositiveInteger(height)) {
    throw new InvalidImageError(
      `Expected image.width and image.height to be positive integers but received ${width}×${height}.`,
    )
  }
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    throw new InvalidImageError(
      `Expected image.channels to be 1 (grey), 3 (RGB) or 4 (RGBA) but received ${channels}.`,
    )
  }
  const stride = rowStrideOf(image)
  if (!Number.isInteger(stride) || stride < width * channels) {
    throw new InvalidImageError(
      `Expected image.rowStride to be an integer of at least ${width * channels} but received ${stride}.`,
    )
  }
  const needed = (height - 1) * stride + width * channels
  if (data.length < needed) {
    throw new InvalidImageError(
      `Expected at least ${needed} samples for ${width}×${height} with ${channels} channels but image.data holds ${data.length}.`,
    )
  }
}

/**
 * The part of `image` inside `region`, sharing its pixels.
 *
 * @throws {InvalidImageError} if the image's pixels do not fit its dimensions.
 * @throws {InvalidArgumentError} if the region is not of whole pixels or not inside the image.
 */
export function cropImage(image: PixelImage, region: Region): PixelImage {
  assertPixelImage(image)
  assertRegionInside(image, region, 'region')
  const rowStride = rowStrideOf(image)
  const start = region.y * rowStride + region.x * image.channels
  const end = start + (region.height - 1) * rowStride + region.width * image.channels
  return {
    data: image.data.subarray(start, end),
    width: region.width,
    height: region.height,
    channels: image.channels,
    rowStride,
  }
}

/**
 * Checks that a region is of whole pixels and inside an image.
 *
 * @throws {InvalidArgumentError} naming `argument`.
 */
export function assertRegionInside(
  image: Pick<PixelImage, 'width' | 'height'>,
  region: Region,
  argument: string,
): void {
  const { x, y, width, height } = region
  const whole = [x, y, width, height].every(Number.isInteger) && width > 0 && height > 0
  if (whole && x >= 0 && y >= 0 && x + width <= image.width && y + height <= image.height) return
  throw new InvalidArgumentError(
    argument,
    `whole pixels inside the image of ${image.width}×${image.height}`,
    `{ x: ${x}, y: ${y}, width: ${width}, height: ${height} }`,
  )
}

function isPositiveInteger(value: number): boolean {
  return Number.isInteger(value) && value > 0
}
