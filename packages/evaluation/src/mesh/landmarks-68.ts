import { MEDIAPIPE_VERTICES } from '@retinaface/mesh-decoder'
import { EvaluationError } from '../evaluation-error.ts'
import type { Points } from './points.ts'

/** Where the 51 inner points begin: the 17 before them are the jaw. */
export const FIRST_INNER_LANDMARK = 17

/**
 * The vertex of MediaPipe's face mesh for each of the 68 landmarks of the iBUG scheme, by the list
 * that is usual in the field.
 *
 * Jaw points follow the visible outline in hand-made annotations but stay on the skin in a mesh, and
 * the outer ends of the brows lie a little lower: figures for all 68 points hold this difference.
 */
export const LANDMARK_68_VERTICES: readonly number[] = [
  // Jaw, from the subject's right ear to the left one.
  ...[162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389],
  // Brows, the right one first, from the left of the picture to its right.
  ...[71, 63, 105, 66, 107, 336, 296, 334, 293, 301],
  // Bridge of the nose downwards, then its wings.
  ...[168, 197, 5, 4, 75, 97, 2, 326, 305],
  // Right eye, left eye.
  ...[33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380],
  // Outer, then inner lips.
  ...[61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181, 78, 82, 13, 312, 308, 317, 14, 87],
]

/**
 * The 68 landmarks of a mesh whose first 468 vertices are MediaPipe's; 68 points are passed through.
 *
 * @throws {EvaluationError} for any other number of points.
 */
export function toLandmarks68(points: Points): Points {
  if (points.length === LANDMARK_68_VERTICES.length) return points
  if (points.length >= MEDIAPIPE_VERTICES) return LANDMARK_68_VERTICES.map((i) => points[i]!)
  throw new EvaluationError(
    `Expected 68 landmarks or at least ${MEDIAPIPE_VERTICES} mesh vertices but received ${points.length} points.`,
  )
}
