import type { PixelImage } from '@retinaface/core'
import { describe, expect, test } from 'vitest'
import {
  CROP_SIZE,
  type CropTransform,
  cropOfBox,
  cropOfPoints,
  cutCrop,
  scaleOf,
} from '../../../src/mesh/evaluation/teacher-crop.ts'

const onPicture = ([a, b, c, d, e, f]: CropTransform, x: number, y: number) => [
  a * x + b * y + c,
  d * x + e * y + f,
]

/** Red grows with x, green with y, by one a pixel. */
function ramp(width: number, height: number): PixelImage {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3)
    return [pixel % width, Math.floor(pixel / width), 0][i % 3]!
  })
  return { data, width, height, channels: 3 }
}

describe('the teacher’s crop', () => {
  test('of a box: its centre in the middle, one and a half times its longer side, eyes level', () => {
    const eyes = [
      [80, 100],
      [120, 130],
    ]
    const transform = cropOfBox([50, 60, 150, 180], eyes)
    const [x, y] = onPicture(transform, CROP_SIZE / 2, CROP_SIZE / 2)
    expect(x).toBeCloseTo(100, 9)
    expect(y).toBeCloseTo(120, 9)
    expect(scaleOf(transform)).toBeCloseTo((1.5 * 120) / CROP_SIZE, 9)
    expect(transform[3] / transform[0]).toBeCloseTo(30 / 40, 9)
  })

  test('of points: their bounds in the turned frame, in the middle', () => {
    const points = Array.from({ length: 468 }, (_, i) => [200 + (i % 20), 100 + (i % 9), 0])
    points[33] = [190, 110, 0]
    points[263] = [240, 110, 0]
    const transform = cropOfPoints(points)
    expect(onPicture(transform, 96, 96).map(Math.round)).toEqual([215, 105])
    expect(scaleOf(transform)).toBeCloseTo((1.5 * 50) / CROP_SIZE, 9)
    expect(transform[3]).toBeCloseTo(0, 9)
  })

  test.each([0.4, 1.1, 1.9])('at scale %d its pixels show the places they stand for', (scale) => {
    const cosine = scale * Math.cos(0.3)
    const sine = scale * Math.sin(0.3)
    const transform: CropTransform = [cosine, -sine, 40, sine, cosine, -20]
    const crop = cutCrop(ramp(250, 250), transform)
    let seen = 0
    for (let row = 5; row < CROP_SIZE; row += 17) {
      for (let column = 5; column < CROP_SIZE; column += 17) {
        const [x = 0, y = 0] = onPicture(transform, column + 0.5, row + 0.5)
        if (x < 4 || y < 4 || x > 246 || y > 246) continue
        const at = (row * CROP_SIZE + column) * 3
        expect(Math.abs(crop[at]! * 255 - (x - 0.5))).toBeLessThan(1.01)
        expect(Math.abs(crop[at + 1]! * 255 - (y - 0.5))).toBeLessThan(1.01)
        seen += 1
      }
    }
    expect(seen).toBeGreaterThan(20)
    const [x = 0, y = 0] = onPicture(transform, 150.5, 0.5)
    if (y < -3 || x > 255) expect([...crop.slice(450, 453)]).toEqual([0, 0, 0])
  })
})
