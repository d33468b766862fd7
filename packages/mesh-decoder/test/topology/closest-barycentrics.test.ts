import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { closestBarycentrics } from '../../src/topology/closest-barycentrics.ts'
import { areaVector, dot, type Vector } from '../../src/topology/vector.ts'

const coordinate = fc.double({ min: -5, max: 5, noNaN: true })
const point = fc.tuple(coordinate, coordinate, coordinate)

test.prop({ p: point, a: point, b: point, c: point })(
  'no point of a triangle is closer than the closest',
  ({ p, a, b, c }) => {
    const normal = areaVector(a, b, c)
    fc.pre(dot(normal, normal) > 1e-2)
    const weights = closestBarycentrics(p, a, b, c)
    expect(weights[0] + weights[1] + weights[2]).toBeCloseTo(1, 12)
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(0)
    const chosen = distanceAt(weights)
    for (let i = 0; i <= 20; i++) {
      for (let j = 0; i + j <= 20; j++) {
        expect(chosen).toBeLessThanOrEqual(distanceAt([i / 20, j / 20, (20 - i - j) / 20]) + 1e-6)
      }
    }

    function distanceAt([u, v, w]: Vector): number {
      return Math.hypot(...p.map((value, i) => u * a[i]! + v * b[i]! + w * c[i]! - value))
    }
  },
)

test.prop({ a: point, b: point, c: point })('a corner is its own closest point', ({ a, b, c }) => {
  const normal = areaVector(a, b, c)
  fc.pre(dot(normal, normal) > 1e-2)
  expect(closestBarycentrics(a, a, b, c)).toEqual([1, 0, 0])
  expect(closestBarycentrics(b, a, b, c)).toEqual([0, 1, 0])
  expect(closestBarycentrics(c, a, b, c)).toEqual([0, 0, 1])
})
