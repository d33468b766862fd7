import { type PixelImage, rowStrideOf } from '../image/pixel-image.ts'
import type { InputConfiguration } from './model-configuration.ts'
import { asWords, type Planes, writeWords } from './write-words.ts'

/** Size of the network's input in pixels. */
export interface InputSize {
  readonly width: number
  readonly height: number
}

/** What samples become in a network's input. */
export type SampleScaling = Pick<InputConfiguration, 'channelOrder' | 'mean' | 'scale'>

/**
 * Writes an image into the top-left corner of a planar network input, `1×3×height×width` float32.
 *
 * Sample v becomes `(v − mean) × scale` in the configuration's channel order; the rest of the input
 * is padded with black. Grey is repeated in all three channels, alpha is ignored. `flip` mirrors the
 * picture's columns inside its own width.
 */
export function writeTensor(
  image: PixelImage,
  input: SampleScaling,
  size: InputSize,
  flip: boolean,
  dst: Float32Array,
): void {
  const planes = planesOf(input, size)
  const words = flip ? undefined : asWords(image)
  const rowStride = rowStrideOf(image)
  for (let y = 0; y < image.height; y++) {
    const target = y * size.width
    if (words) writeWords(words, (y * rowStride) / 4, image.width, planes, target, dst)
    else writeSamples(image, y * rowStride, flip, planes, target, dst)
  }
  for (const [i, start] of planes.starts.entries()) {
    const black = planes.values[i]![0]!
    const end = start + size.width * size.height
    for (let y = 0; y < image.height; y++) {
      const row = start + y * size.width
      dst.fill(black, row + image.width, row + size.width)
    }
    dst.fill(black, start + image.height * size.width, end)
  }
}

function planesOf({ channelOrder, mean, scale }: SampleScaling, size: InputSize): Planes {
  const area = size.width * size.height
  const valuesOf = (zero: number) =>
    Float32Array.from({ length: 256 }, (_, v) => (v - zero) * scale)
  return {
    starts: channelOrder === 'rgb' ? [0, area, 2 * area] : [2 * area, area, 0],
    values: [valuesOf(mean[0]), valuesOf(mean[1]), valuesOf(mean[2])],
  }
}

function writeSamples(
  { data, width, channels }: PixelImage,
  rowStart: number,
  flip: boolean,
  { starts: [redStart, greenStart, blueStart], values: [red, green, blue] }: Planes,
  target: number,
  dst: Float32Array,
): void {
  const [toGreen, toBlue] = channels === 1 ? [0, 0] : [1, 2]
  const step = flip ? -channels : channels
  let source = rowStart + (flip ? (width - 1) * channels : 0)
  for (let i = target; i < target + width; i++, source += step) {
    dst[redStart + i] = red[data[source]!]!
    dst[greenStart + i] = green[data[source + toGreen]!]!
    dst[blueStart + i] = blue[data[source + toBlue]!]!
  }
}
