import type { InputConfiguration } from '../models/model-configuration.ts'
import { type PixelImage, rowStrideOf } from './pixel-image.ts'

/** Size of the network's input in pixels. */
export interface InputSize {
  readonly width: number
  readonly height: number
}

/**
 * Writes an image into the top-left corner of a planar network input, `1×3×height×width` float32.
 *
 * Sample v becomes `(v − mean) × scale` in the configuration's channel order; the rest of the input
 * is padded with black. Grey is repeated in all three channels, alpha is ignored. `flip` mirrors the
 * picture's columns inside its own width.
 */
export function writeTensor(
  image: PixelImage,
  input: InputConfiguration,
  size: InputSize,
  flip: boolean,
  dst: Float32Array,
): void {
  for (let plane = 0; plane < 3; plane++) {
    const channel = input.channelOrder === 'rgb' ? plane : 2 - plane
    const mean = input.mean[channel]!
    writePlane(image, image.channels === 1 ? 0 : channel, mean, input.scale, size, flip, dst, plane)
  }
}

function writePlane(
  image: PixelImage,
  channel: number,
  mean: number,
  scale: number,
  size: InputSize,
  flip: boolean,
  dst: Float32Array,
  plane: number,
): void {
  const { data, width, height, channels } = image
  const rowStride = rowStrideOf(image)
  const step = flip ? -channels : channels
  const firstColumn = flip ? (width - 1) * channels : 0
  const padding = -mean * scale
  let target = plane * size.width * size.height
  for (let y = 0; y < height; y++) {
    let source = y * rowStride + firstColumn + channel
    const end = target + width
    for (; target < end; target++, source += step) dst[target] = (data[source]! - mean) * scale
    dst.fill(padding, target, target + size.width - width)
    target += size.width - width
  }
  dst.fill(padding, target, (plane + 1) * size.width * size.height)
}
