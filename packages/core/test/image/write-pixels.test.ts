import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { asInterleaved, writePixels } from '../../src/image/write-pixels.ts'
import type { PixelImage } from '../../src/index.ts'
import { mirror, pixelImages, sampleAt } from '../support/pixel-images.ts'

const padding = fc.nat(9)

function write(image: PixelImage, right: number, below: number, flip = false): number[] {
  const size = { width: image.width + right, height: image.height + below }
  // What an earlier run left in the buffer must not show through.
  const input = new Uint8Array(3 * size.width * size.height).fill(77)
  writePixels(image, size, flip, input)
  return [...input]
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
  test.prop([pixelImages(), padding, padding])(
    'agrees with the definition for grey, RGB, RGBA, any stride and padding',
    (image, right, below) => {
      expect(write(image, right, below)).toEqual(writeNaively(image, right, below))
    },
  )

  test.prop([pixelImages(), padding, padding])(
    'flip mirrors the picture inside its own width',
    (image, right, below) => {
      expect(write(image, right, below, true)).toEqual(write(mirror(image), right, below))
    },
  )
})

describe('asInterleaved', () => {
  test.prop([pixelImages(), fc.nat(1), fc.nat(1)])(
    'gives the very samples that writePixels would copy, or nothing',
    (image, right, below) => {
      const size = { width: image.width + right, height: image.height + below }
      const samples = asInterleaved(image, size)
      const isPlain = !image.rowStride || image.rowStride === image.width * 3
      expect(samples !== undefined).toBe(image.channels === 3 && isPlain && right + below === 0)
      if (samples) {
        expect(samples.buffer).toBe(image.data.buffer)
        expect([...samples]).toEqual(write(image, 0, 0))
      }
    },
  )
})
