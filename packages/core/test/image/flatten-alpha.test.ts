import { test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { flattenAlpha } from '../../src/image/flatten-alpha.ts'
import type { PixelImage } from '../../src/index.ts'
import { pixelImages, sampleAt } from '../support/pixel-images.ts'

const transparentImages = pixelImages().filter(({ channels }) => channels === 4)

describe('flattenAlpha', () => {
  test.prop([transparentImages])('lays each pixel on white in proportion to its alpha', (image) => {
    const first = { ...image, data: image.data.slice() }
    first.data[3] = 200
    const flat = flattenAlpha(first)
    expect(flat).toMatchObject({ channels: 3, width: image.width, height: image.height })
    for (let y = 0; y < image.height; y++) {
      for (let x = 0; x < image.width; x++) {
        const alpha = sampleAt(first, x, y, 3) / 255
        for (const channel of [0, 1, 2]) {
          const expected = sampleAt(first, x, y, channel) * alpha + 255 * (1 - alpha)
          expect(Math.abs(sampleAt(flat, x, y, channel) - expected)).toBeLessThanOrEqual(0.501)
        }
      }
    }
  })

  test('shows white, not the hidden colour, where nothing is opaque', () => {
    const hidden: PixelImage = {
      data: Uint8Array.of(0, 0, 0, 0, 9, 200, 31, 0),
      width: 2,
      height: 1,
      channels: 4,
    }
    expect([...flattenAlpha(hidden).data]).toEqual([255, 255, 255, 255, 255, 255])
  })

  test.prop([pixelImages()])('gives back images without transparency as they are', (image) => {
    const data = image.data.slice()
    if (image.channels === 4) for (let i = 0; i < data.length; i++) data[i]! |= 0xff
    const opaque = { ...image, data }
    expect(flattenAlpha(opaque)).toBe(opaque)
  })

  test('does not take row padding for transparency', () => {
    const image: PixelImage = {
      data: Uint8Array.of(1, 2, 3, 255, 0, 0, 0, 0, 4, 5, 6, 255),
      width: 1,
      height: 2,
      channels: 4,
      rowStride: 8,
    }
    expect(flattenAlpha(image)).toBe(image)
  })
})
