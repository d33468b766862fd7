import { fc, test } from '@fast-check/vitest'
import type { PixelImage } from '@retinaface/core'
import { expect } from 'vitest'
import { shrinkByArea } from '../../../src/mesh/evaluation/shrink-by-area.ts'

function picture(width: number, height: number, channels: 1 | 3): PixelImage {
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 7919) % 251)
  return { data, width, height, channels }
}

/** The mean under a shrunk pixel, by the middle of many small cells. */
function naiveMean(image: PixelImage, step: number, x: number, y: number, channel: number): number {
  const cells = 120
  let sum = 0
  let count = 0
  for (let i = 0; i < cells; i++) {
    for (let j = 0; j < cells; j++) {
      const column = Math.floor((x + (i + 0.5) / cells) * step)
      const row = Math.floor((y + (j + 0.5) / cells) * step)
      if (column >= image.width || row >= image.height) continue
      sum += image.data[(row * image.width + column) * image.channels + channel]!
      count += 1
    }
  }
  return sum / count
}

test.prop([
  fc.integer({ min: 8, max: 30 }),
  fc.integer({ min: 8, max: 30 }),
  fc.constantFrom(1 as const, 3 as const),
  fc.double({ min: 1.5, max: 6, noNaN: true }),
])('each pixel is the mean of the area that it covers', (width, height, channels, step) => {
  const image = picture(width, height, channels)
  const { image: shrunk, left, top } = shrinkByArea(image, step, [-9, -9, 99, 99])
  expect([left, top]).toEqual([0, 0])
  expect(shrunk.width).toBe(Math.round(width / step))
  expect(shrunk.height).toBe(Math.round(height / step))
  const [x, y] = [shrunk.width - 1, Math.floor(shrunk.height / 2)]
  for (let channel = 0; channel < channels; channel++) {
    const found = shrunk.data[(y * shrunk.width + x) * channels + channel]!
    expect(Math.abs(found - naiveMean(image, step, x, y, channel))).toBeLessThan(6)
  }
})

test('a part is cut out of the whole, with a pixel around it', () => {
  const image = picture(60, 40, 3)
  const whole = shrinkByArea(image, 2.5, [0, 0, 24, 16]).image
  const { image: part, left, top } = shrinkByArea(image, 2.5, [5.5, 3.2, 9.1, 6.9])
  expect([left, top]).toEqual([4, 2])
  expect([part.width, part.height]).toEqual([8, 7])
  for (let y = 0; y < part.height; y++) {
    const from = ((y + top) * whole.width + left) * 3
    const row = part.data.slice(y * part.width * 3, (y + 1) * part.width * 3)
    expect(row).toEqual(whole.data.slice(from, from + row.length))
  }
})
