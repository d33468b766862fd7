import { describe, expect, test } from 'vitest'
import {
  EvaluationError,
  evaluateLandmarks,
  LANDMARK_68_VERTICES,
  type Points,
  toLandmarks68,
} from '../../src/index.ts'

// Eye corners 36 and 45 are 90 pixels apart; the box around all is 670×134.
const expected: Points = Array.from({ length: 68 }, (_, i) => [10 * i, 2 * i])
const shifted = (from: number, by: number): Points =>
  expected.map(([x, y], i) => [i < from ? x! : x! + by, y!])

describe('evaluateLandmarks', () => {
  test('divides by the distance of the outer eye corners', () => {
    const { inner51, all68 } = evaluateLandmarks(
      [{ predicted: shifted(0, 9), expected }],
      'outer-eyes',
    )
    expect(inner51.mean).toBeCloseTo(9 / Math.hypot(90, 18), 12)
    expect(all68.mean).toBeCloseTo(9 / Math.hypot(90, 18), 12)
  })

  test('divides by the size of the smallest box around the annotated points', () => {
    const { all68 } = evaluateLandmarks([{ predicted: shifted(0, 9), expected }], 'box')
    expect(all68.mean).toBeCloseTo(9 / Math.sqrt(670 * 134), 12)
  })

  test('an error in the jaw alone leaves the inner 51 points untouched', () => {
    const predicted = expected.map(([x, y], i) => [x! + (i < 17 ? 68 : 0), y!])
    const { inner51, all68 } = evaluateLandmarks([{ predicted, expected }], 'outer-eyes')
    expect(inner51.mean).toBe(0)
    expect(all68.mean).toBeCloseTo(17 / Math.hypot(90, 18), 12)
  })

  test('takes a mesh, whose vertices it maps, like the landmarks themselves', () => {
    const mesh: number[][] = Array.from({ length: 1833 }, () => [0, 0, 0])
    for (const [i, vertex] of LANDMARK_68_VERTICES.entries()) mesh[vertex] = [...expected[i]!, 5]
    expect(evaluateLandmarks([{ predicted: mesh, expected }], 'box').all68.mean).toBe(0)
  })

  test('summarises over faces by mean, median and ninth decile', () => {
    const samples = Array.from({ length: 11 }, (_, i) => ({
      predicted: shifted(0, i ** 2),
      expected,
    }))
    const { all68 } = evaluateLandmarks(samples, 'outer-eyes')
    const unit = Math.hypot(90, 18)
    expect(all68.count).toBe(11)
    expect(all68.mean * unit).toBeCloseTo(35, 9)
    expect(all68.median * unit).toBeCloseTo(25, 9)
    expect(all68.p90 * unit).toBeCloseTo(81, 9)
  })

  test('refuses other numbers of points and eye corners in one place', () => {
    const five = expected.slice(0, 5)
    expect(() => evaluateLandmarks([{ predicted: five, expected }], 'box')).toThrow(
      'received 5 points',
    )
    expect(() => evaluateLandmarks([{ predicted: expected, expected: five }], 'box')).toThrow(
      EvaluationError,
    )
    const point: Points = expected.map(() => [1, 1])
    expect(() => evaluateLandmarks([{ predicted: point, expected: point }], 'outer-eyes')).toThrow(
      /lie apart/,
    )
  })
})

describe('toLandmarks68', () => {
  test('names 68 different vertices of MediaPipe’s mesh', () => {
    expect(new Set(LANDMARK_68_VERTICES).size).toBe(68)
    expect(Math.max(...LANDMARK_68_VERTICES)).toBeLessThan(468)
  })

  test('passes 68 points through', () => {
    expect(toLandmarks68(expected)).toBe(expected)
  })
})
