import { fc } from '@fast-check/vitest'
import type { PixelImage } from '../../src/index.ts'

/** Sample `channel` of the pixel at (x, y); the border repeats outside. */
export function sampleAt(image: PixelImage, x: number, y: number, channel: number): number {
  const column = Math.min(Math.max(x, 0), image.width - 1)
  const row = Math.min(Math.max(y, 0), image.height - 1)
  const stride = image.rowStride ?? image.width * image.channels
  return image.data[row * stride + column * image.channels + channel]!
}

/** All samples without row padding. */
export function samplesOf(image: PixelImage): number[] {
  const samples: number[] = []
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      for (let channel = 0; channel < image.channels; channel++) {
        samples.push(sampleAt(image, x, y, channel))
      }
    }
  }
  return samples
}

/** The image with its columns in reverse order. */
export function mirror(image: PixelImage): PixelImage {
  const data = new Uint8Array(image.width * image.height * image.channels)
  let target = 0
  for (let y = 0; y < image.height; y++) {
    for (let x = image.width - 1; x >= 0; x--) {
      for (let channel = 0; channel < image.channels; channel++) {
        data[target++] = sampleAt(image, x, y, channel)
      }
    }
  }
  return { data, width: image.width, height: image.height, channels: image.channels }
}

/** Images of any channels, with and without padded rows; the padding holds noise too. */
export function pixelImages(maxSide = 20): fc.Arbitrary<PixelImage> {
  return fc
    .record({
      width: fc.integer({ min: 1, max: maxSide }),
      height: fc.integer({ min: 1, max: maxSide }),
      channels: fc.constantFrom(1 as const, 3 as const, 4 as const),
      padding: fc.constantFrom(undefined, 0, 1, 7),
    })
    .chain(({ width, height, channels, padding }) => {
      const rowStride = width * channels + (padding ?? 0)
      const length = (height - 1) * rowStride + width * channels
      const image = { width, height, channels, ...(padding === undefined ? {} : { rowStride }) }
      return fc
        .uint8Array({ minLength: length, maxLength: length })
        .map((data) => ({ ...image, data }))
    })
}

/** A grey image with the given rows. */
export function grey(width: number, height: number, samples: readonly number[]): PixelImage {
  return { data: Uint8Array.from(samples), width, height, channels: 1 }
}
