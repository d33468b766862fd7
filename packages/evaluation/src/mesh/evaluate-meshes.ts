import { MEDIAPIPE_VERTICES } from '@retinaface/mesh-decoder'
import {
  assertPoints,
  boxSize,
  meanDistance2d,
  meanDistance3d,
  type PixelBox,
  type Points,
} from './points.ts'
import { type ErrorSummary, summariseErrors } from './summarise-errors.ts'

/** A predicted mesh beside the expected one. */
export interface MeshSample {
  /** At least 468 vertices `[x, y, z]`, the first 468 being MediaPipe's. */
  readonly predicted: Points
  /** 468 vertices `[x, y, z]`. */
  readonly expected: Points
  /** The annotated box of the face. */
  readonly box: PixelBox
  /** Degrees, of either sign. */
  readonly yaw: number
}

/** Errors of a group of faces as shares of the face's size, √(width · height) of its box. */
export interface MeshErrors {
  /** Such as "24-48" pixels or "40+" degrees. */
  readonly label: string
  readonly error2d: ErrorSummary
  readonly error3d: ErrorSummary
}

/** Normalised mean errors over all faces and over groups of them; empty groups are left out. */
export interface MeshReport {
  readonly all: MeshErrors
  /** By height of the box in pixels. */
  readonly byHeight: readonly MeshErrors[]
  /** By the absolute yaw in degrees; in crowds hardly a face is turned further than 60. */
  readonly byYaw: readonly MeshErrors[]
}

const heightBounds = [0, 24, 48, 96, Number.POSITIVE_INFINITY]
const yawBounds = [0, 20, 40, Number.POSITIVE_INFINITY]

interface SampleErrors {
  readonly height: number
  readonly yaw: number
  readonly error2d: number
  readonly error3d: number
}

/**
 * Compares meshes vertex by vertex.
 *
 * @throws {EvaluationError} if a mesh has too few vertices or one is not of finite numbers.
 */
export function evaluateMeshes(samples: readonly MeshSample[]): MeshReport {
  const errors = samples.map(measure)
  return {
    all: summarise('all', errors),
    byHeight: group(errors, heightBounds, ({ height }) => height),
    byYaw: group(errors, yawBounds, ({ yaw }) => Math.abs(yaw)),
  }
}

function measure({ predicted, expected, box, yaw }: MeshSample): SampleErrors {
  assertPoints(predicted, MEDIAPIPE_VERTICES, 3, 'the predicted mesh')
  assertPoints(expected, MEDIAPIPE_VERTICES, 3, 'the expected mesh')
  const vertices = expected.slice(0, MEDIAPIPE_VERTICES)
  const size = boxSize(box)
  return {
    height: box[3] - box[1],
    yaw,
    error2d: meanDistance2d(predicted, vertices) / size,
    error3d: meanDistance3d(predicted, vertices) / size,
  }
}

function group(
  errors: readonly SampleErrors[],
  bounds: readonly number[],
  measureOf: (sample: SampleErrors) => number,
): MeshErrors[] {
  return bounds.slice(1).flatMap((end, i) => {
    const start = bounds[i]!
    const members = errors.filter((sample) => measureOf(sample) >= start && measureOf(sample) < end)
    const label = Number.isFinite(end) ? `${start}-${end}` : `${start}+`
    return members.length > 0 ? [summarise(label, members)] : []
  })
}

function summarise(label: string, errors: readonly SampleErrors[]): MeshErrors {
  return {
    label,
    error2d: summariseErrors(errors.map(({ error2d }) => error2d)),
    error3d: summariseErrors(errors.map(({ error3d }) => error3d)),
  }
}
