import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  type AlignmentTemplate,
  ARCFACE_TEMPLATE,
  alignFace,
  type FivePoints,
  InvalidArgumentError,
  InvalidImageError,
  type PixelImage,
  type Point,
  transformPoint,
} from '../../src/index.ts'

const image: PixelImage = {
  data: Uint8Array.from({ length: 200 * 160 }, (_, i) => ((i % 200) + Math.floor(i / 200)) % 256),
  width: 200,
  height: 160,
  channels: 1,
}

const angle = fc.double({ min: -3, max: 3, noNaN: true })
const size = fc.double({ min: 0.2, max: 5, noNaN: true })
const place = fc.double({ min: -100, max: 300, noNaN: true })

/** The template's own points turned, scaled and moved: landmarks that fit it exactly. */
const exactLandmarks = fc
  .tuple(angle, size, place, place)
  .map(([turn, scale, x, y]): FivePoints => {
    const [a, b] = [scale * Math.cos(turn), scale * Math.sin(turn)]
    return mapPoints(ARCFACE_TEMPLATE.points, (p) => transformPoint([a, -b, x, b, a, y], p))
  })

function mapPoints(points: FivePoints, map: (point: Point) => Point): FivePoints {
  return points.map(map) as unknown as FivePoints
}

function expectPoints(got: readonly Point[], expected: readonly Point[]): void {
  got.forEach(([x, y], i) => {
    expect(Math.hypot(x - expected[i]![0], y - expected[i]![1])).toBeLessThan(1e-6)
  })
}

describe('alignFace', () => {
  test.prop([exactLandmarks], { numRuns: 30 })(
    'brings landmarks onto the ArcFace template in a 112×112 crop, and back',
    (landmarks) => {
      const aligned = alignFace(image, landmarks)
      expect(aligned.image).toMatchObject({ width: 112, height: 112, channels: 1 })
      const inCrop = mapPoints(landmarks, (p) => transformPoint(aligned.transform, p))
      expectPoints(inCrop, ARCFACE_TEMPLATE.points)
      expectPoints(
        mapPoints(inCrop, (p) => transformPoint(aligned.inverse, p)),
        landmarks,
      )
    },
  )

  test.prop([exactLandmarks, fc.constantFrom(0.5, 2, 3)], { numRuns: 30 })(
    'scale grows the crop about its corner, pixel centres kept in place',
    (landmarks, scale) => {
      const plain = alignFace(image, landmarks)
      const scaled = alignFace(image, landmarks, { scale })
      expect(scaled.image).toMatchObject({ width: 112 * scale, height: 112 * scale })
      for (const landmark of landmarks) {
        const [x, y] = transformPoint(plain.transform, landmark)
        const expected: Point = [(x + 0.5) * scale - 0.5, (y + 0.5) * scale - 0.5]
        expectPoints([transformPoint(scaled.transform, landmark)], [expected])
      }
    },
  )

  test('fits other templates', () => {
    const template: AlignmentTemplate = {
      points: mapPoints(ARCFACE_TEMPLATE.points, ([x, y]) => [x * 0.8 + 12, y * 0.8]),
      width: 128,
      height: 96,
    }
    const { image: crop, transform } = alignFace(image, ARCFACE_TEMPLATE.points, { template })
    expect(crop).toMatchObject({ width: 128, height: 96 })
    const inCrop = mapPoints(ARCFACE_TEMPLATE.points, (p) => transformPoint(transform, p))
    expectPoints(inCrop, template.points)
  })

  test('cuts out the pixels themselves where nothing has to be turned', () => {
    const landmarks = mapPoints(ARCFACE_TEMPLATE.points, ([x, y]) => [x + 20, y + 10])
    const crop = alignFace(image, landmarks).image
    for (const [x, y] of [
      [0, 0],
      [111, 0],
      [50, 80],
      [111, 111],
    ] as const) {
      expect(crop.data[y * 112 + x]).toBe(image.data[(y + 10) * 200 + x + 20])
    }
  })

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 0.001])(
    'refuses the scale %d',
    (scale) => {
      expect(() => alignFace(image, ARCFACE_TEMPLATE.points, { scale })).toThrow(
        InvalidArgumentError,
      )
    },
  )

  test.each([
    [undefined],
    [[]],
    [mapPoints(ARCFACE_TEMPLATE.points, () => [Number.NaN, 1])],
    [[1, 2, 3, 4, 5]],
    [ARCFACE_TEMPLATE.points.slice(1)],
  ])('refuses the landmarks %o', (landmarks) => {
    const align = () => alignFace(image, landmarks as unknown as FivePoints)
    expect(align).toThrow(/Expected five points .* for landmarks/)
  })

  test('refuses a scale that would make a huge crop', () => {
    expect(() => alignFace(image, ARCFACE_TEMPLATE.points, { scale: 1e5 })).toThrow(
      /crops of at most 8192 pixels/,
    )
  })

  test('refuses landmarks that coincide and images that are none', () => {
    const same = mapPoints(ARCFACE_TEMPLATE.points, () => [3, 3])
    expect(() => alignFace(image, same)).toThrow('points that do not all coincide')
    const short = { ...image, data: new Uint8Array(3) }
    expect(() => alignFace(short, ARCFACE_TEMPLATE.points)).toThrow(InvalidImageError)
  })
})

test('what is transparent is white in a crop, as the detector sees it', () => {
  const data = new Uint8Array(4 * 112 * 112)
  const image = { data, width: 112, height: 112, channels: 4 as const }
  const { image: crop } = alignFace(image, ARCFACE_TEMPLATE.points)
  expect(crop.channels).toBe(3)
  const { channels, width } = crop
  expect([...crop.data.subarray(channels * (56 * width + 56)).subarray(0, 3)]).toEqual([
    255, 255, 255,
  ])
})
