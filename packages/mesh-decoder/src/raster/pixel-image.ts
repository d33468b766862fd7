import { InvalidArgumentError } from '../errors/retinaface-error.ts'

/**
 * A picture as plain pixels: 8 bits a sample, sRGB, rows from top to bottom, samples interleaved.
 *
 * Sample c of the pixel at (column x, row y) is `data[y * rowStride + x * channels + c]`; a
 * `PixelImage` of `@retinaface/core` is one.
 */
export interface PixelImage {
  readonly data: Uint8Array | Uint8ClampedArray
  /** Columns, in pixels. */
  readonly width: number
  /** Rows, in pixels. */
  readonly height: number
  /** Grey, RGB or RGBA; alpha is not premultiplied, and sampling ignores it. */
  readonly channels: 1 | 3 | 4
  /** Elements from one row to the next; `width * channels` when left out. */
  readonly rowStride?: number
}

/** Checks that an image's size and data agree. */
export function checkPixelImage(argument: string, image: PixelImage): void {
  const { data, width, height, channels, rowStride = width * channels } = image
  const needed = (height - 1) * rowStride + width * channels
  if (width > 0 && height > 0 && data.length >= needed) return
  throw new InvalidArgumentError(
    argument,
    `at least ${needed} samples for ${width}×${height} pixels with ${channels} channels`,
    data.length,
  )
}

/**
 * The colour (red, green, blue, 0..1) of an image at (x, y) in its image frame, bilinear between
 * pixel centres and constant beyond the outermost ones.
 */
export function sampleBilinear(
  image: PixelImage,
  x: number,
  y: number,
  dst: Float64Array,
): Float64Array {
  const { data, width, height, channels, rowStride = width * channels } = image
  const column = Math.min(Math.max(x - 0.5, 0), width - 1)
  const row = Math.min(Math.max(y - 0.5, 0), height - 1)
  const left = Math.floor(column)
  const top = Math.floor(row)
  const step = left < width - 1 ? channels : 0
  const stride = top < height - 1 ? rowStride : 0
  const start = top * rowStride + left * channels
  const right = column - left
  const down = row - top
  for (let c = 0; c < 3; c++) {
    const at = start + (channels === 1 ? 0 : c)
    const upper = data[at]! * (1 - right) + data[at + step]! * right
    const lower = data[at + stride]! * (1 - right) + data[at + stride + step]! * right
    dst[c] = (upper * (1 - down) + lower * down) / 255
  }
  return dst
}
