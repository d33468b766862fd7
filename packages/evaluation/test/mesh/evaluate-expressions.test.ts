import { describe, expect, test } from 'vitest'
import { EXPRESSIONS, evaluateExpressions, LANDMARK_68_VERTICES } from '../../src/index.ts'

interface Ratios {
  readonly mouthOpening: number
  readonly eyeOpening: number
  readonly browHeight: number
  readonly mouthWidth: number
}

/** A face of which the four ratios are known: eyes 0.3 wide, outer corners 1 apart, y down. */
function faceOf({ mouthOpening, eyeOpening, browHeight, mouthWidth }: Ratios): number[][] {
  const points = Array.from({ length: 68 }, () => [0.5, 1])
  const eye = (first: number, x: number) => {
    const half = (eyeOpening * 0.3) / 2
    points[first] = [x, 0]
    points[first + 3] = [x + 0.3, 0]
    points[first + 1] = [x + 0.1, -half]
    points[first + 2] = [x + 0.2, -half]
    points[first + 4] = [x + 0.2, half]
    points[first + 5] = [x + 0.1, half]
  }
  eye(36, 0)
  eye(42, 0.7)
  points[19] = [points[37]![0]!, points[37]![1]! - browHeight]
  points[24] = [points[44]![0]!, points[44]![1]! - browHeight]
  points[48] = [0.5 - mouthWidth / 2, 1]
  points[54] = [0.5 + mouthWidth / 2, 1]
  for (const [upper, lower] of [
    [61, 67],
    [62, 66],
    [63, 65],
  ] as const) {
    points[upper] = [0.5, 1 - mouthOpening / 2]
    points[lower] = [0.5, 1 + mouthOpening / 2]
  }
  return points
}

/** Turned, enlarged and moved, which changes no ratio. */
function placed(points: number[][], turn: number, scale: number, x: number): number[][] {
  const [c, s] = [scale * Math.cos(turn), scale * Math.sin(turn)]
  return points.map(([px, py]) => [c * px! - s * py! + x, s * px! + c * py! + 2 * x])
}

const truths: Ratios[] = [
  { mouthOpening: 0, eyeOpening: 0.2, browHeight: 0.2, mouthWidth: 0.6 },
  { mouthOpening: 0.1, eyeOpening: 0.3, browHeight: 0.22, mouthWidth: 0.7 },
  { mouthOpening: 0.4, eyeOpening: 0.1, browHeight: 0.3, mouthWidth: 0.5 },
  { mouthOpening: 0.3, eyeOpening: 0.35, browHeight: 0.25, mouthWidth: 0.9 },
]
const shares = { mouthOpening: 0.3, eyeOpening: 0.5, browHeight: 1, mouthWidth: 0.8 }

describe('evaluateExpressions', () => {
  test('a face that shows a share of each expression has that share as its slope', () => {
    const samples = truths.map((truth, i) => {
      const shown = Object.fromEntries(
        EXPRESSIONS.map((name) => [name, 0.05 + shares[name] * truth[name]]),
      ) as unknown as Ratios
      return {
        predicted: placed(faceOf(shown), 0.3 * i, 90 + i, 40),
        expected: placed(faceOf(truth), -0.2 * i, 100, 7 * i),
      }
    })
    const report = evaluateExpressions(samples)
    for (const name of EXPRESSIONS) {
      expect(report[name].slope, name).toBeCloseTo(shares[name], 9)
      expect(report[name].correlation, name).toBeCloseTo(1, 9)
    }
  })

  test('what moves the other way or at random has no correlation of 1', () => {
    const order = [3, 2, 1, 0]
    const samples = truths.map((truth, i) => ({
      predicted: faceOf({ ...truth, mouthOpening: truths[order[i]!]!.mouthOpening }),
      expected: faceOf(truth),
    }))
    // By hand: of 0, 0.1, 0.4, 0.3 with 0.3, 0.4, 0.1, 0.
    const { mouthOpening, browHeight } = evaluateExpressions(samples)
    expect(mouthOpening.correlation).toBeCloseTo(-0.8, 9)
    expect(mouthOpening.slope).toBeCloseTo(-0.8, 9)
    expect(browHeight.correlation).toBeCloseTo(1, 9)
  })

  test('reads a mesh at the vertices of the landmarks', () => {
    const samples = truths.map((truth) => {
      const mesh: number[][] = Array.from({ length: 468 }, () => [9, 9, 9])
      faceOf(truth).forEach((point, i) => {
        mesh[LANDMARK_68_VERTICES[i]!] = point
      })
      return { predicted: mesh, expected: faceOf(truth) }
    })
    expect(evaluateExpressions(samples).mouthWidth).toMatchObject({
      slope: expect.closeTo(1, 9),
    })
  })
})
