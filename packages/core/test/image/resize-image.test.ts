import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import goldens from '../../../../fixtures/core-goldens.json' with { type: 'json' }
import { resampleWeights } from '../../src/image/resample-weights.ts'
import { resizePlainly } from '../../src/image/resize-plainly.ts'
import { resizeWithSimd } from '../../src/image/resize-with-simd.ts'
import { InvalidArgumentError, type PixelImage, resizeImage } from '../../src/index.ts'
import { grey, mirror, pixelImages, sampleAt, samplesOf } from '../support/pixel-images.ts'

const side = fc.integer({ min: 1, max: 40 })

/** Every output sample as a dense float64 sum over a range wider than any filter's support. */
function resizeDensely(image: PixelImage, width: number, height: number): number[] {
  const samples: number[] = []
  const [stepX, stepY] = [image.width / width, image.height / height]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < image.channels; channel++) {
        let sum = 0
        let total = 0
        for (let v = -image.height - 1; v <= 2 * image.height; v++) {
          const weightY = triangle((v + 0.5) / stepY - (y + 0.5), stepY)
          if (weightY === 0) continue
          for (let u = -image.width - 1; u <= 2 * image.width; u++) {
            const weight = weightY * triangle((u + 0.5) / stepX - (x + 0.5), stepX)
            sum += weight * sampleAt(image, u, v, channel)
            total += weight
          }
        }
        samples.push(sum / total)
      }
    }
  }
  return samples
}

// A triangle of half-width 0.75 output pixels, or 1 source pixel if that is wider.
function triangle(outputDistance: number, step: number): number {
  return Math.max(0, 1 - (Math.abs(outputDistance) * step) / Math.max(1, 0.75 * step))
}

function resizeBy(way: (...given: Parameters<typeof resizeWithSimd>) => unknown) {
  return ({ channels, ...image }: PixelImage, width: number, height: number): PixelImage => {
    const data = new Uint8Array(width * height * channels)
    const columns = resampleWeights(image.width, width)
    expect(
      way({ channels, ...image }, columns, resampleWeights(image.height, height), data),
    ).not.toBe(false)
    return { data, width, height, channels }
  }
}

describe.each([
  ['in JavaScript', resizeBy(resizePlainly)],
  ['with SIMD', resizeBy(resizeWithSimd)],
])('resizing %s', (_name, resizeImage) => {
  test.prop([pixelImages(12), side, side], { numRuns: 60 })(
    'agrees with a dense float64 sum to half a level',
    (image, width, height) => {
      const expected = resizeDensely(image, width, height)
      const got = samplesOf(resizeImage(image, width, height))
      for (let i = 0; i < got.length; i++) {
        expect(Math.abs(got[i]! - expected[i]!)).toBeLessThanOrEqual(0.5001)
      }
    },
  )

  test.each(goldens.resize)(
    'agrees with Pillow from 17×13 to $resizedWidth×$resizedHeight',
    (golden) => {
      const { width, height, pixels, resizedWidth, resizedHeight } = golden
      const got = resizeImage(grey(width, height, pixels), resizedWidth, resizedHeight)
      golden.resized.forEach((expected, i) => {
        expect(Math.abs(got.data[i]! - expected)).toBeLessThanOrEqual(0.51)
      })
    },
  )

  test.prop([pixelImages(), side, side, fc.integer({ min: 0, max: 255 })])(
    'keeps a constant picture constant',
    (shape, width, height, level) => {
      const constant = { ...shape, data: shape.data.map(() => level) }
      expect(samplesOf(resizeImage(constant, width, height)).every((v) => v === level)).toBe(true)
    },
  )

  test.prop([pixelImages(), side, side])(
    'gives the mirrored result for the mirrored picture, to rounding',
    (image, width, height) => {
      const first = samplesOf(mirror(resizeImage(image, width, height)))
      const second = samplesOf(resizeImage(mirror(image), width, height))
      expect(first.every((v, i) => Math.abs(v - second[i]!) <= 1)).toBe(true)
    },
  )

  test.prop([pixelImages()])('gives the same pixels at the same size', (image) => {
    const same = resizeImage(image, image.width, image.height)
    expect(samplesOf(same)).toEqual(samplesOf(image))
  })

  test.prop([pixelImages(), side, side])(
    'stays between the darkest and the brightest sample, without row padding',
    (image, width, height) => {
      const resized = resizeImage(image, width, height)
      const samples = samplesOf(image)
      expect(resized).toMatchObject({ width, height, channels: image.channels })
      expect(resized.data.length).toBe(width * height * image.channels)
      expect(Math.min(...resized.data)).toBeGreaterThanOrEqual(Math.min(...samples))
      expect(Math.max(...resized.data)).toBeLessThanOrEqual(Math.max(...samples))
    },
  )

  test('halving takes every source pixel into account', () => {
    const line = Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? 255 : 0))
    const half = resizeImage(grey(16, 1, line), 8, 1)
    for (const sample of half.data.slice(1, -1)) expect(Math.abs(sample - 127.5)).toBeLessThan(1)
  })

  test('shrinks by a large factor', () => {
    const data = Uint8Array.from({ length: 900 * 40 }, (_, i) => (i * 37) % 256)
    const strip: PixelImage = { data, width: 900, height: 40, channels: 1 }
    const got = samplesOf(resizeImage(strip, 2, 1))
    const expected = resizeDensely(strip, 2, 1)
    for (let i = 0; i < got.length; i++) {
      expect(Math.abs(got[i]! - expected[i]!)).toBeLessThanOrEqual(0.5001)
    }
  })
})

describe('resizeImage', () => {
  test.prop([pixelImages(), side, side])('takes SIMD where it is there', (image, width, height) => {
    const expected = resizeBy(resizeWithSimd)(image, width, height)
    expect(resizeImage(image, width, height)).toEqual(expected)
  })

  test('takes JavaScript for rows that would need much memory', () => {
    const long = grey(
      400_001,
      1,
      Array.from({ length: 400_001 }, (_, i) => i % 256),
    )
    const [columns, rows] = [resampleWeights(long.width, 5), resampleWeights(1, 1)]
    expect(resizeWithSimd(long, columns, rows, new Uint8Array(5))).toBe(false)
    expect(resizeImage(long, 5, 1)).toEqual(resizeBy(resizePlainly)(long, 5, 1))
  })

  test.each([
    [0, 4],
    [4, -1],
    [2.5, 4],
    [Number.NaN, 4],
    [4, Number.POSITIVE_INFINITY],
  ])('refuses the size %d×%d', (width, height) => {
    expect(() => resizeImage(grey(2, 1, [1, 2]), width, height)).toThrow(InvalidArgumentError)
  })
})
