import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import goldens from '../../../../fixtures/core-goldens.json' with { type: 'json' }
import {
  type AffineTransform,
  InvalidArgumentError,
  invertTransform,
  type Point,
  similarityTransform,
  transformPoint,
} from '../../src/index.ts'

const coordinate = fc.double({ min: -500, max: 500, noNaN: true })
const point: fc.Arbitrary<Point> = fc.tuple(coordinate, coordinate)
const planted: fc.Arbitrary<AffineTransform> = fc
  .tuple(
    fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
    fc.double({ min: 0.05, max: 20, noNaN: true }),
    point,
  )
  .map(([angle, scale, [x, y]]) => {
    const a = scale * Math.cos(angle)
    const b = scale * Math.sin(angle)
    return [a, -b, x, b, a, y]
  })
const spreadPoints = fc.array(point, { minLength: 2, maxLength: 8 }).filter(isSpread)

function isSpread(points: readonly Point[]): boolean {
  return points.some(([x, y]) => Math.hypot(x - points[0]![0], y - points[0]![1]) > 1)
}

function squaredError(transform: AffineTransform, from: readonly Point[], to: readonly Point[]) {
  return from.reduce((sum, p, i) => {
    const [x, y] = transformPoint(transform, p)
    return sum + (x - to[i]![0]) ** 2 + (y - to[i]![1]) ** 2
  }, 0)
}

function expectNear(got: readonly number[], expected: readonly number[], tolerance: number): void {
  got.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(tolerance)
  })
}

describe('similarityTransform', () => {
  test.each(goldens.similarity)(
    'agrees with Umeyama’s estimate by NumPy’s SVD, case %#',
    (golden) => {
      const transform = similarityTransform(
        golden.from as unknown as Point[],
        golden.to as unknown as Point[],
      )
      expectNear(transform, golden.matrix, 1e-8)
    },
  )

  test.prop([spreadPoints, planted])('recovers a planted transform', (from, transform) => {
    const to = from.map((p) => transformPoint(transform, p))
    const found = similarityTransform(from, to)
    from.forEach((p, i) => {
      expectNear(transformPoint(found, p), to[i]!, 1e-6)
    })
  })

  test.prop([spreadPoints, fc.array(point, { minLength: 8, maxLength: 8 }), planted])(
    'has the least sum of squares: no change of angle, scale or place lowers it',
    (from, targets, nudge) => {
      const to = targets.slice(0, from.length)
      const best = similarityTransform(from, to)
      const error = squaredError(best, from, to)
      for (const size of [1e-3, 1e-2, 0.3]) {
        const nudged = best.map(
          (value, i) => value + size * nudge[i]!,
        ) as unknown as AffineTransform
        expect(squaredError(nudged, from, to)).toBeGreaterThanOrEqual(error * (1 - 1e-9))
      }
    },
  )

  test.prop([spreadPoints, planted])('never mirrors', (from, transform) => {
    const mirrored = from.map((p): Point => {
      const [x, y] = transformPoint(transform, p)
      return [-x, y]
    })
    const [a, b, , d, e] = similarityTransform(from, mirrored)
    expect(a).toBe(e)
    expect(b).toBe(-d)
    expect(a * e - b * d).toBeGreaterThanOrEqual(0)
  })

  test.each<[string, Point[], Point[]]>([
    ['no points', [], []],
    ['one point', [[1, 2]], [[3, 4]]],
    [
      'lists of different length',
      [
        [1, 2],
        [3, 4],
      ],
      [[1, 2]],
    ],
    [
      'coinciding points',
      [
        [1, 2],
        [1, 2],
      ],
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      'NaN',
      [
        [Number.NaN, 2],
        [1, 2],
      ],
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ])('refuses %s', (_, from, to) => {
    expect(() => similarityTransform(from, to)).toThrow(InvalidArgumentError)
  })
})

describe('invertTransform', () => {
  const affine = fc
    .tuple(coordinate, coordinate, coordinate, coordinate, coordinate, coordinate)
    .filter(([a, b, , d, e]) => Math.abs(a * e - b * d) > 1)

  test.prop([affine, point])('takes every point back', (transform, p) => {
    const back = transformPoint(invertTransform(transform), transformPoint(transform, p))
    expectNear(back, p, 1e-3)
  })

  test('refuses a singular transform', () => {
    expect(() => invertTransform([1, 2, 0, 2, 4, 0])).toThrow('an invertible transform')
    expect(() => invertTransform([Number.NaN, 0, 0, 0, 1, 0])).toThrow(InvalidArgumentError)
  })
})
