import type { LandmarkSample } from './evaluate-landmarks.ts'
import { toLandmarks68 } from './landmarks-68.ts'
import { assertPoints, type Points } from './points.ts'

/** How predicted values go with measured ones. */
export interface Regression {
  /** Pearson's, −1 to 1. */
  readonly correlation: number
  /** Of the line through predictions over measurements; 1 shows an expression in full. */
  readonly slope: number
}

/** What moves in a face when it speaks, laughs or blinks. */
export const EXPRESSIONS = ['mouthOpening', 'eyeOpening', 'browHeight', 'mouthWidth'] as const

export type Expression = (typeof EXPRESSIONS)[number]

/** How well predicted faces show the expressions of the annotated ones. */
export type ExpressionReport = Readonly<Record<Expression, Regression>>

type Distances = (from: number, to: number) => number

// Landmarks of the iBUG scheme, counted from 0. Lengths of a face over its eyes', so that size, place
// and turn in the plane do not count.
const RATIOS: Readonly<Record<Expression, (between: Distances) => number>> = {
  mouthOpening: (between) =>
    (between(61, 67) + between(62, 66) + between(63, 65)) / 3 / between(36, 45),
  eyeOpening: (between) =>
    ((between(37, 41) + between(38, 40)) / between(36, 39) +
      (between(43, 47) + between(44, 46)) / between(42, 45)) /
    4,
  browHeight: (between) => (between(19, 37) + between(24, 44)) / 2 / between(36, 45),
  mouthWidth: (between) => between(48, 54) / between(36, 45),
}

/**
 * Compares four ratios of predicted faces with those of hand-placed landmarks. A mean error hides them:
 * a mesh whose mouth never opens is only a few hundredths off.
 *
 * @param samples at least two faces whose ratios differ; else figures are NaN
 * @throws {EvaluationError} if points are missing or not of finite numbers.
 */
export function evaluateExpressions(samples: readonly LandmarkSample[]): ExpressionReport {
  const pairs = samples.map(({ predicted, expected }) => {
    const found = toLandmarks68(predicted)
    assertPoints(found, 68, 2, 'the predicted landmarks')
    assertPoints(expected, 68, 2, 'the expected landmarks')
    return { found: distancesIn(found), truth: distancesIn(expected) }
  })
  const report = EXPRESSIONS.map((expression) => {
    const ratio = RATIOS[expression]
    return [expression, regress(pairs.map(({ found, truth }) => [ratio(truth), ratio(found)]))]
  })
  return Object.fromEntries(report) as ExpressionReport
}

function distancesIn(points: Points): Distances {
  return (from, to) => {
    const [a, b] = [points[from]!, points[to]!]
    return Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!)
  }
}

/** @param pairs measured and predicted values */
function regress(pairs: readonly (readonly [number, number])[]): Regression {
  const mean = (index: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[index], 0) / pairs.length
  const [meanX, meanY] = [mean(0), mean(1)]
  let [xx, xy, yy] = [0, 0, 0]
  for (const [x, y] of pairs) {
    xx += (x - meanX) ** 2
    xy += (x - meanX) * (y - meanY)
    yy += (y - meanY) ** 2
  }
  return { correlation: xy / Math.sqrt(xx * yy), slope: xy / xx }
}
