import { type PixelImage, rowStrideOf } from '../image/pixel-image.ts'
import type { InputSize } from './write-tensor.ts'

/**
 * Writes an image into the top-left corner of an interleaved network input,
 * `1×height×width×samples` uint8.
 *
 * The rest of the input is padded with black. Grey is repeated in all three channels, alpha is
 * ignored, and the fourth of four samples may be anything. `flip` mirrors the picture's columns inside
 * its own width.
 */
export function writePixels(
  image: PixelImage,
  size: InputSize,
  flip: boolean,
  samples: 3 | 4,
  dst: Uint8Array,
): void {
  const { data, width, height, channels } = image
  const rowStride = rowStrideOf(image)
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2]
  const step = flip ? -channels : channels
  const first = flip ? (width - 1) * channels : 0
  for (let y = 0; y < height; y++) {
    let source = y * rowStride + first
    let target = y * size.width * samples
    const end = target + width * samples
    if (step === samples) dst.set(data.subarray(source, source + width * samples), target)
    else {
      for (; target < end; target += samples, source += step) {
        dst[target] = data[source]!
        dst[target + 1] = data[source + green]!
        dst[target + 2] = data[source + blue]!
      }
    }
    dst.fill(0, end, (y + 1) * size.width * samples)
  }
  dst.fill(0, height * size.width * samples)
}

/** An image's samples as they are, where they are an interleaved input of this size already. */
export function asInterleaved(
  image: PixelImage,
  size: InputSize,
  samples: 3 | 4,
): Uint8Array | undefined {
  const { data, width, height, channels } = image
  const fits = channels === samples && width === size.width && height === size.height
  if (!fits || rowStrideOf(image) !== width * samples) return undefined
  return new Uint8Array(data.buffer, data.byteOffset, width * height * samples)
}
