import type { Anchor } from '../camera/pinhole.ts'
import type { AnchorCrop } from './anchor-crop.ts'
import type { RefineLandmarks } from './refine-options.ts'

/** Weight of the landmarks' mean squared distance, in anchor sizes, against L_pixel. */
const WEIGHT = 20

/** Landmarks as a weighted sum of squares over a crop. */
export interface LandmarkRows {
  /** [landmarks] vertex indices. */
  readonly vertices: ArrayLike<number>
  /** [landmarks, 2] pixels of the crop. */
  readonly points: Float32Array
  /** Of each squared coordinate: the term is Σ weight · (x − point)² / 2. */
  readonly weight: number
}

/** The landmark term of an objective on a crop. */
export function landmarkRows(
  { vertices, points }: RefineLandmarks,
  crop: AnchorCrop,
  anchor: Anchor,
): LandmarkRows {
  const inCrop = Float32Array.from(points, (value, i) => {
    return (value - (i % 2 === 0 ? crop.x : crop.y)) * crop.scale
  })
  const size = anchor.size * crop.scale
  return { vertices, points: inCrop, weight: (2 * WEIGHT) / (vertices.length * size * size) }
}
