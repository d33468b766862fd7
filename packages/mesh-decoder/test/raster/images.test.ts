import { expect, test } from 'vitest'
import { compositeOver } from '../../src/raster/composite-over.ts'
import { sampleBilinear } from '../../src/raster/pixel-image.ts'
import { createRasterTarget } from '../../src/raster/raster-target.ts'

test('bilinear samples at pixel centres are the pixels, between them their mean, outside the edge', () => {
  const image = { data: Uint8Array.of(0, 100, 255, 55), width: 2, height: 2, channels: 1 as const }
  const at = (x: number, y: number) => sampleBilinear(image, x, y, new Float64Array(3))[0]! * 255
  expect(at(0.5, 0.5)).toBe(0)
  expect(at(1.5, 0.5)).toBeCloseTo(100, 10)
  expect(at(0.5, 1.5)).toBeCloseTo(255, 10)
  expect(at(1, 1)).toBeCloseTo(102.5, 10)
  expect(at(-9, -9)).toBe(0)
  expect(at(9, 9)).toBeCloseTo(55, 10)
})

test('bilinear samples follow the row stride and the channels', () => {
  const data = Uint8Array.of(1, 2, 3, 255, 0, 0, 5, 6, 7, 255, 9, 9)
  const image = { data, width: 1, height: 2, channels: 4 as const, rowStride: 6 }
  const color = sampleBilinear(image, 0.5, 1.5, new Float64Array(3))
  expect([...color].map((c) => Math.round(c * 255))).toEqual([5, 6, 7])
})

test('a layer lies over a picture by its alpha and the opacity', () => {
  const layer = createRasterTarget(3, 1)
  layer.rgba.set([200, 100, 0, 255, 200, 100, 0, 127.5, 9, 9, 9, 0])
  const picture = { data: new Uint8Array(9).fill(100), width: 3, height: 1, channels: 3 as const }
  compositeOver(layer, picture)
  expect([...picture.data]).toEqual([200, 100, 0, 150, 100, 50, 100, 100, 100])
  compositeOver(layer, { ...picture, data: picture.data.fill(0) }, 0.5)
  expect([...picture.data]).toEqual([100, 50, 0, 50, 25, 0, 0, 0, 0])
})

test('a picture of another size is refused', () => {
  const picture = { data: new Uint8Array(12), width: 2, height: 2, channels: 3 as const }
  expect(() => compositeOver(createRasterTarget(3, 1), picture)).toThrow('3×1')
})
