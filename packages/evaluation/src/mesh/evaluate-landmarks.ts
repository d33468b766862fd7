import { EvaluationError } from '../evaluation-error.ts'
import { FIRST_INNER_LANDMARK, toLandmarks68 } from './landmarks-68.ts'
import { assertPoints, boundingBox, boxSize, meanDistance2d, type Points } from './points.ts'
import { type ErrorSummary, summariseErrors } from './summarise-errors.ts'

/** A prediction beside the 68 annotated points. */
export interface LandmarkSample {
  /** 68 landmarks, or a mesh whose first 468 vertices are MediaPipe's. */
  readonly predicted: Points
  /** 68 landmarks of the iBUG scheme. */
  readonly expected: Points
}

/**
 * What errors are divided by, both taken from the annotated points: `outer-eyes`, the distance of
 * the outer eye corners, as on Helen and 300-W; `box`, √(width · height) of the smallest box around
 * the points, as on AFLW2000-3D.
 */
export type LandmarkNormaliser = 'outer-eyes' | 'box'

/** Normalised mean errors in the image, one for each face. */
export interface LandmarkReport {
  readonly inner51: ErrorSummary
  /** With the jaw, whose points do not correspond exactly. */
  readonly all68: ErrorSummary
}

const outerEyeCorners = [36, 45] as const

/**
 * Compares predictions with hand-placed landmarks.
 *
 * @throws {EvaluationError} if points are missing, not of finite numbers or all in one place.
 */
export function evaluateLandmarks(
  samples: readonly LandmarkSample[],
  normaliser: LandmarkNormaliser,
): LandmarkReport {
  const errors = samples.map(({ predicted, expected }) => {
    const found = toLandmarks68(predicted)
    assertPoints(found, 68, 2, 'the predicted landmarks')
    assertPoints(expected, 68, 2, 'the expected landmarks')
    const size = normaliser === 'box' ? boxSize(boundingBox(expected)) : eyeDistance(expected)
    return {
      inner51: meanDistance2d(inner(found), inner(expected)) / size,
      all68: meanDistance2d(found, expected) / size,
    }
  })
  return {
    inner51: summariseErrors(errors.map(({ inner51 }) => inner51)),
    all68: summariseErrors(errors.map(({ all68 }) => all68)),
  }
}

function inner(points: Points): Points {
  return points.slice(FIRST_INNER_LANDMARK)
}

function eyeDistance(points: Points): number {
  const [right, left] = outerEyeCorners.map((i) => points[i]!)
  const distance = Math.hypot(left![0]! - right![0]!, left![1]! - right![1]!)
  if (distance > 0) return distance
  throw new EvaluationError('Expected the outer eye corners, landmarks 37 and 46, to lie apart.')
}
