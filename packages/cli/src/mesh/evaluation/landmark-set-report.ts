import {
  EXPRESSIONS,
  type ExpressionReport,
  evaluateExpressions,
  evaluateLandmarks,
  type LandmarkReport,
  type LandmarkSample,
  MEDIAPIPE_VERTICES,
  type Points,
  type PoseAngles,
  type PoseError,
  poseError,
  poseOfPoints,
  toLandmarks68,
} from '@retinaface/evaluation'
import type { ComparedPicture } from './compared-picture.ts'
import type { EvaluationSet, FaceAnnotation } from './evaluation-set.ts'
import { type PercentSummary, round, toPercent } from './percent.ts'

/** Errors against hand-placed points, in percent, and of the pose in degrees. */
export interface LandmarkFigures {
  readonly inner51Percent: PercentSummary
  readonly all68Percent: PercentSummary
  /** Mean absolute errors, where poses are annotated and predicted. */
  readonly poseErrorDegrees?: PoseError
  /** How well expressions are shown, on helen. */
  readonly expressions?: ExpressionReport
}

/** How meshes, and the teacher's on the same pictures, compare with hand-placed points. */
export interface LandmarkSetReport extends LandmarkFigures {
  readonly set: 'helen' | 'aflw'
  readonly pictures: number
  /** Pictures with a prediction and an answer of the teacher: those that the figures are of. */
  readonly faces: number
  /** The other pictures. */
  readonly missed: number
  readonly teacher: LandmarkFigures
  /** Our mean error over the teacher's. */
  readonly inner51RatioToTeacher: number
  readonly all68RatioToTeacher: number
}

interface PosedPoints {
  readonly points: Points
  readonly pose?: PoseAngles
}

/** @param canonical 468 vertices of the canonical face */
export function landmarkSetReport(
  set: 'helen' | 'aflw',
  { annotations }: Pick<EvaluationSet, 'annotations'>,
  pictures: readonly ComparedPicture[],
  canonical: Points,
): LandmarkSetReport {
  const pairs = pictures.flatMap(({ name, taught, predicted }) => {
    const annotation = annotations.get(name)!
    const mine = nearest(predicted, annotation)
    const teacher = nearest(taught, annotation)
    return mine && teacher ? [{ annotation, mine, teacher }] : []
  })
  const figures = (who: 'mine' | 'teacher') => {
    const found = pairs.map((pair) => ({ annotation: pair.annotation, face: pair[who] }))
    return figuresOf(set, found, canonical)
  }
  const [mine, teacher] = [figures('mine'), figures('teacher')]
  return {
    set,
    pictures: pictures.length,
    faces: pairs.length,
    missed: pictures.length - pairs.length,
    ...mine,
    teacher,
    inner51RatioToTeacher: round(mine.inner51Percent.mean / teacher.inner51Percent.mean),
    all68RatioToTeacher: round(mine.all68Percent.mean / teacher.all68Percent.mean),
  }
}

/** The face whose points lie nearest to the annotated ones. */
function nearest<T extends PosedPoints>(
  faces: readonly T[],
  { landmarks }: FaceAnnotation,
): T | undefined {
  const distanceOf = ({ points }: T) =>
    toLandmarks68(points).reduce((sum, [x, y], i) => {
      return sum + Math.hypot(x! - landmarks[i]![0]!, y! - landmarks[i]![1]!)
    }, 0)
  const distances = faces.map(distanceOf)
  return faces[distances.indexOf(Math.min(...distances))]
}

interface FoundFace {
  readonly annotation: FaceAnnotation
  readonly face: PosedPoints
}

function figuresOf(
  set: 'helen' | 'aflw',
  found: readonly FoundFace[],
  canonical: Points,
): LandmarkFigures {
  const samples: LandmarkSample[] = found.map(({ annotation, face }) => ({
    predicted: face.points,
    expected: annotation.landmarks,
  }))
  const normaliser = set === 'helen' ? 'outer-eyes' : 'box'
  const { inner51, all68 }: LandmarkReport = evaluateLandmarks(samples, normaliser)
  const errors = found.flatMap(({ annotation, face }) => {
    const predicted = poseOf(face, canonical)
    return annotation.pose && predicted ? [poseError(predicted, annotation.pose)] : []
  })
  return {
    inner51Percent: toPercent(inner51),
    all68Percent: toPercent(all68),
    ...(errors.length > 0 ? { poseErrorDegrees: meanError(errors) } : {}),
    ...(set === 'helen' ? { expressions: roundedExpressions(samples) } : {}),
  }
}

function roundedExpressions(samples: readonly LandmarkSample[]): ExpressionReport {
  const report = evaluateExpressions(samples)
  const rounded = EXPRESSIONS.map((name) => {
    const { correlation, slope } = report[name]
    return [name, { correlation: round(correlation), slope: round(slope) }]
  })
  return Object.fromEntries(rounded) as ExpressionReport
}

function poseOf({ points, pose }: PosedPoints, canonical: Points): PoseAngles | undefined {
  if (pose) return pose
  const is3d = points.length >= MEDIAPIPE_VERTICES
  return is3d ? poseOfPoints(points, canonical) : undefined
}

function meanError(errors: readonly PoseError[]): PoseError {
  const mean = (angle: keyof PoseError) =>
    round(errors.reduce((sum, error) => sum + error[angle], 0) / errors.length)
  return { yaw: mean('yaw'), pitch: mean('pitch'), roll: mean('roll'), mean: mean('mean') }
}
