import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import goldens from '../../../../fixtures/core-goldens.json' with { type: 'json' }
import {
  type AffineTransform,
  invertTransform,
  type PixelImage,
  warpImage,
} from '../../src/index.ts'
import { grey, pixelImages, sampleAt, samplesOf } from '../support/pixel-images.ts'

const coefficient = fc.double({ min: -3, max: 3, noNaN: true })
const shift = fc.double({ min: -30, max: 30, noNaN: true })
const transforms: fc.Arbitrary<AffineTransform> = fc
  .tuple(coefficient, coefficient, shift, coefficient, coefficient, shift)
  .filter(([a, b, , d, e]) => Math.abs(a * e - b * d) > 0.05)
const side = fc.integer({ min: 1, max: 25 })

/** The value at a place between pixels: each pixel in reach by its area of overlap, black outside. */
function interpolate(image: PixelImage, x: number, y: number, channel: number): number {
  let sum = 0
  for (let v = 0; v < image.height; v++) {
    for (let u = 0; u < image.width; u++) {
      const weight = Math.max(0, 1 - Math.abs(x - u)) * Math.max(0, 1 - Math.abs(y - v))
      if (weight > 0) sum += weight * sampleAt(image, u, v, channel)
    }
  }
  return sum
}

describe('warpImage', () => {
  test.prop([pixelImages(10), transforms, side, side], { numRuns: 60 })(
    'agrees with bilinear interpolation by definition, with black outside',
    (image, transform, width, height) => {
      const warped = warpImage(image, transform, { width, height })
      const [a, b, c, d, e, f] = invertTransform(transform)
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          for (let channel = 0; channel < image.channels; channel++) {
            const expected = interpolate(image, a * x + b * y + c, d * x + e * y + f, channel)
            const got = sampleAt(warped, x, y, channel)
            expect(Math.abs(got - expected)).toBeLessThanOrEqual(0.5001)
          }
        }
      }
    },
  )

  test.each(goldens.warp)('agrees with SciPy', (golden) => {
    const image = grey(golden.width, golden.height, golden.pixels)
    const size = { width: golden.warpedWidth, height: golden.warpedHeight }
    const warped = warpImage(image, golden.matrix as unknown as AffineTransform, size)
    golden.warped.forEach((expected, i) => {
      expect(Math.abs(warped.data[i]! - expected)).toBeLessThanOrEqual(0.51)
    })
  })

  test.prop([pixelImages()])('gives the same pixels under the identity', (image) => {
    expect(samplesOf(warpImage(image, [1, 0, 0, 0, 1, 0], image))).toEqual(samplesOf(image))
  })

  test('moves the picture where the transform says', () => {
    const image = grey(3, 2, [1, 2, 3, 4, 5, 6])
    const moved = warpImage(image, [1, 0, 1, 0, 1, 1], { width: 4, height: 3 })
    expect([...moved.data]).toEqual([0, 0, 0, 0, 0, 1, 2, 3, 0, 4, 5, 6])
  })
})
