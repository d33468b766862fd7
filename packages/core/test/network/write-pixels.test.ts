import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { PixelImage } from '../../src/index.ts'
import { asInterleaved, writePixels } from '../../src/network/write-pixels.ts'
import { mirror, pixelImages, sampleAt } from '../support/pixel-images.ts'

const padding = fc.nat(9)
const samples = fc.constantFrom(3 as const, 4 as const)

function write(
  image: PixelImage,
  right: number,
  below: number,
  perPixel: 3 | 4,
  flip = false,
): number[] {
  const size = { width: image.width + right, height: image.height + below }
  // What an earlier run left in the buffer must not show through.
  const input = new Uint8Array(perPixel * size.width * size.height).fill(77)
  writePixels(image, size, flip, perPixel, input)
  // The fourth sample may be anything.
  return [...input].filter((_, i) => i % perPixel < 3)
}

function writeNaively(image: PixelImage, right: number, below: number): number[] {
  const rows = Array.from({ length: image.height + below }, (_, y) => y)
  const columns = Array.from({ length: image.width + right }, (_, x) => x)
  return rows.flatMap((y) =>
    columns.flatMap((x) =>
      [0, 1, 2].map((channel) => {
        if (x >= image.width || y >= image.height) return 0
        return sampleAt(image, x, y, image.channels === 1 ? 0 : channel)
      }),
    ),
  )
}

describe('writePixels', () => {
  test.prop([pixelImages(), padding, padding, samples])(
    'agrees with the definition for grey, RGB, RGBA, any stride and padding',
    (image, right, below, perPixel) => {
      expect(write(image, right, below, perPixel)).toEqual(writeNaively(image, right, below))
    },
  )

  test.prop([pixelImages(), padding, padding, samples])(
    'flip mirrors the picture inside its own width',
    (image, right, below, perPixel) => {
      const flipped = write(image, right, below, perPixel, true)
      expect(flipped).toEqual(write(mirror(image), right, below, perPixel))
    },
  )
})

describe('asInterleaved', () => {
  test.prop([pixelImages(), fc.nat(1), fc.nat(1), samples])(
    'gives the very samples that writePixels would copy, or nothing',
    (image, right, below, perPixel) => {
      const size = { width: image.width + right, height: image.height + below }
      const found = asInterleaved(image, size, perPixel)
      const isPlain = !image.rowStride || image.rowStride === image.width * perPixel
      const fits = image.channels === perPixel && isPlain && right + below === 0
      expect(found !== undefined).toBe(fits)
      if (found) {
        expect(found.buffer).toBe(image.data.buffer)
        const colours = [...found].filter((_, i) => i % perPixel < 3)
        expect(colours).toEqual(write(image, 0, 0, perPixel))
      }
    },
  )
})
