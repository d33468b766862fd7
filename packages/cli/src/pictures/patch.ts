import type { Box, PixelImage } from '@retinaface/core'
import { toSharp } from './encode-picture.ts'

/** A rectangle cut out of a picture, its colours only. */
export interface Patch {
  readonly data: Uint8Array
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
}

/** The pixels of a packed picture under a box; undefined if it lies outside. */
export function cutPatch(image: PixelImage, [x1, y1, x2, y2]: Box): Patch | undefined {
  const left = Math.max(0, Math.floor(x1))
  const top = Math.max(0, Math.floor(y1))
  const width = Math.min(image.width, Math.ceil(x2) + 1) - left
  const height = Math.min(image.height, Math.ceil(y2) + 1) - top
  if (!(width > 0 && height > 0)) return undefined
  const channels = image.channels === 1 ? 1 : 3
  const data = new Uint8Array(width * height * channels)
  let target = 0
  for (let row = top; row < top + height; row++) {
    for (let column = left; column < left + width; column++) {
      const source = (row * image.width + column) * image.channels
      for (let channel = 0; channel < channels; channel++) {
        data[target++] = image.data[source + channel]!
      }
    }
  }
  return { data, left, top, width, height, channels }
}

/** Gives every square block of a patch its mean colour. */
export function pixelatePatch(patch: Patch, block: number): Patch {
  const data = new Uint8Array(patch.data.length)
  for (let top = 0; top < patch.height; top += block) {
    for (let left = 0; left < patch.width; left += block) {
      for (let channel = 0; channel < patch.channels; channel++) {
        fillWithMean(patch, data, left, top, block, channel)
      }
    }
  }
  return { ...patch, data }
}

function fillWithMean(
  { data, width, height, channels }: Patch,
  out: Uint8Array,
  left: number,
  top: number,
  block: number,
  channel: number,
): void {
  const right = Math.min(width, left + block)
  const bottom = Math.min(height, top + block)
  let sum = 0
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) sum += data[(y * width + x) * channels + channel]!
  }
  const mean = Math.round(sum / ((right - left) * (bottom - top)))
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) out[(y * width + x) * channels + channel] = mean
  }
}

// sharp takes no deviation above 1000, and is slow well below it.
const largestDeviation = 32

/** Blurs a patch with a Gaussian of a standard deviation in pixels, of any size. */
export async function blurPatch(patch: Patch, deviation: number): Promise<Patch> {
  const shrink = Math.max(1, deviation / largestDeviation)
  const width = Math.max(1, Math.round(patch.width / shrink))
  const height = Math.max(1, Math.round(patch.height / shrink))
  const data = await resizedPixels(patch, width, height, deviation / shrink)
  if (shrink === 1) return { ...patch, data }
  const small = { ...patch, data, width, height }
  return { ...patch, data: await resizedPixels(small, patch.width, patch.height) }
}

function resizedPixels(
  patch: Patch,
  width: number,
  height: number,
  deviation?: number,
): Promise<Buffer> {
  const resized = toSharp(patch).resize(width, height, { fit: 'fill' })
  const blurred = deviation === undefined ? resized : resized.blur(deviation)
  // Otherwise grey comes back in three channels.
  return blurred
    .toColourspace(patch.channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer()
}
