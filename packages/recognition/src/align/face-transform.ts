import {
  type AffineTransform,
  type AlignmentTemplate,
  type Face,
  InvalidArgumentError,
  similarityTransform,
} from '@retinaface/core'
import { meshTransform } from './mesh-transform.ts'

/**
 * How a face is cut out for an embedder:
 *
 * - `points`: its five landmarks come to lie on the template's, as nearly as turning, scaling and moving
 *   allow;
 * - `box`: the square around its box, not turned;
 * - `mesh`: as `points`, and the turn of the head is undone as far as an affine map does. Faces need a mesh.
 */
export type Alignment = 'points' | 'box' | 'mesh'

/** Every {@link Alignment}. */
export const ALIGNMENTS: readonly Alignment[] = ['points', 'box', 'mesh']

/** What an alignment reads of a face. */
export type FaceToAlign = Pick<Face, 'landmarks'> & Partial<Pick<Face, 'box' | 'mesh'>>

/**
 * The map from a picture to an embedder's crop, both in pixels whose first has its centre at 0.
 *
 * @throws {InvalidArgumentError} if the face lacks what the alignment reads
 */
export function faceTransform(
  face: FaceToAlign,
  template: AlignmentTemplate,
  alignment: Alignment,
): AffineTransform {
  if (alignment === 'points') return pointsTransform(face, template)
  if (alignment === 'box') return boxTransform(face, template)
  if (face?.mesh) return meshTransform(face.mesh, template.points)
  const expected = "a face with a mesh (detect with mesh: true), which the alignment 'mesh' needs,"
  throw new InvalidArgumentError('face', expected, face)
}

function pointsTransform(
  { landmarks }: FaceToAlign,
  { points }: AlignmentTemplate,
): AffineTransform {
  const isPoint = (point: unknown) =>
    Array.isArray(point) && point.length === 2 && point.every(Number.isFinite)
  if (Array.isArray(landmarks) && landmarks.length === 5 && landmarks.every(isPoint)) {
    return similarityTransform(landmarks, points)
  }
  throw new InvalidArgumentError('face', 'a face with five landmarks [x, y]', landmarks)
}

function boxTransform({ box }: FaceToAlign, { width, height }: AlignmentTemplate): AffineTransform {
  if (!(Array.isArray(box) && box.length === 4 && box.every(Number.isFinite))) {
    throw new InvalidArgumentError('face', 'a face with a box [x1, y1, x2, y2]', box)
  }
  const [x1, y1, x2, y2] = box as [number, number, number, number]
  const scale = Math.min(width, height) / Math.max(x2 - x1, y2 - y1)
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2]
  return [scale, 0, (width - 1) / 2 - scale * x, 0, scale, (height - 1) / 2 - scale * y]
}
