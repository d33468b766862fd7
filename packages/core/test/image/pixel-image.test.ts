import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  assertPixelImage,
  cropImage,
  InvalidArgumentError,
  InvalidImageError,
  type PixelImage,
  type Region,
} from '../../src/index.ts'
import { pixelImages, sampleAt, samplesOf } from '../support/pixel-images.ts'

const image: PixelImage = { data: new Uint8Array(24), width: 4, height: 2, channels: 3 }

describe('assertPixelImage', () => {
  test.prop([pixelImages()])('accepts every consistent image', (consistent) => {
    expect(() => assertPixelImage(consistent)).not.toThrow()
    const clamped = { ...consistent, data: new Uint8ClampedArray(consistent.data) }
    expect(() => assertPixelImage(clamped)).not.toThrow()
  })

  test.prop([pixelImages()])('refuses data that is one sample short', (consistent) => {
    const short = { ...consistent, data: consistent.data.slice(1) }
    expect(() => assertPixelImage(short)).toThrow(InvalidImageError)
  })

  test.each([
    [{ width: 0 }, 'positive integers but received 0×2'],
    [{ height: -1 }, 'positive integers but received 4×-1'],
    [{ width: 1.5 }, 'positive integers but received 1.5×2'],
    [{ height: Number.NaN }, 'positive integers but received 4×NaN'],
    [{ channels: 2 }, '1 (grey), 3 (RGB) or 4 (RGBA) but received 2'],
    [{ rowStride: 11 }, 'at least 12 but received 11'],
    [{ rowStride: 12.5 }, 'at least 12 but received 12.5'],
    [{ rowStride: 13 }, 'at least 25 samples for 4×2 with 3 channels but image.data holds 24'],
    [{ data: [1, 2, 3] }, 'Uint8Array or Uint8ClampedArray'],
    [{ data: new Uint16Array(24) }, 'Uint8Array or Uint8ClampedArray'],
  ])('says what is wrong with %o', (change, message) => {
    const wrong = { ...image, ...change } as PixelImage
    expect(() => assertPixelImage(wrong)).toThrow(InvalidImageError)
    expect(() => assertPixelImage(wrong)).toThrow(message)
  })

  test.each([null, undefined, 'photo.jpg', 42])('refuses %s instead of an image', (nothing) => {
    expect(() => assertPixelImage(nothing as unknown as PixelImage)).toThrow(InvalidImageError)
  })
})

describe('cropImage', () => {
  const cases = pixelImages().chain((whole) =>
    fc.record({ x: fc.nat(whole.width - 1), y: fc.nat(whole.height - 1) }).chain(({ x, y }) =>
      fc.record({
        whole: fc.constant(whole),
        x: fc.constant(x),
        y: fc.constant(y),
        width: fc.integer({ min: 1, max: whole.width - x }),
        height: fc.integer({ min: 1, max: whole.height - y }),
      }),
    ),
  )

  test.prop([cases])('holds the pixels of its region and shares them', ({ whole, ...region }) => {
    const part = cropImage(whole, region)
    expect(() => assertPixelImage(part)).not.toThrow()
    expect(part).toMatchObject({ width: region.width, height: region.height })
    const expected: number[] = []
    for (let y = 0; y < region.height; y++) {
      for (let x = 0; x < region.width; x++) {
        for (let channel = 0; channel < whole.channels; channel++) {
          expected.push(sampleAt(whole, region.x + x, region.y + y, channel))
        }
      }
    }
    expect(samplesOf(part)).toEqual(expected)
    expect(part.data.buffer).toBe(whole.data.buffer)
  })

  test.each<Region>([
    { x: -1, y: 0, width: 2, height: 2 },
    { x: 0, y: 0, width: 5, height: 2 },
    { x: 1, y: 1, width: 3, height: 2 },
    { x: 0.5, y: 0, width: 2, height: 2 },
    { x: 0, y: 0, width: 0, height: 2 },
  ])('refuses the region %o, which is not inside 4×2', (region) => {
    expect(() => cropImage(image, region)).toThrow(InvalidArgumentError)
    expect(() => cropImage(image, region)).toThrow('inside the image of 4×2')
  })
})
