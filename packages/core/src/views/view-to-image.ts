import type { Candidate } from '../candidates/decode-candidates.ts'
import type { FaceAnchor } from '../face/face.ts'
import type { ModelConfiguration } from '../network/model-configuration.ts'
import type { DetectionView, TileBounds } from './detection-view.ts'

/** A candidate in the image frame. */
export interface ImageCandidate {
  readonly score: number
  /** x1, y1, x2, y2. */
  readonly box: Float64Array
  /** x0, y0, …, x4, y4. */
  readonly landmarks: Float64Array
  readonly anchor: FaceAnchor
  /** Network pixels an image pixel in the view that it was seen in. */
  readonly scale: number
  readonly features?: Float32Array
}

// In a mirrored picture the subject's right eye looks like a left one.
const mirroredLandmark = [1, 0, 2, 4, 3] as const

/** True if no neighbouring tile or coarser level answers for this candidate. */
export function belongsToView({ box }: ImageCandidate, { bounds }: DetectionView): boolean {
  if (!bounds) return true
  const [x1, y1, x2, y2] = [box[0]!, box[1]!, box[2]!, box[3]!]
  const { edges, minSide, maxSide } = bounds
  const side = longerSide(box)
  return (
    side >= minSide &&
    side < maxSide &&
    isInCore(box, bounds) &&
    x1 >= edges[0] &&
    x2 <= edges[2] &&
    y1 >= edges[1] &&
    y2 <= edges[3]
  )
}

/** The longer side of a box: what sizes of faces are compared with. */
export function longerSide(box: Float64Array): number {
  return Math.max(box[2]! - box[0]!, box[3]! - box[1]!)
}

/** True if a box's centre lies in what the tile answers for. */
export function isInCore(box: Float64Array, { core }: TileBounds): boolean {
  const centreX = (box[0]! + box[2]!) / 2
  const centreY = (box[1]! + box[3]!) / 2
  return centreX >= core[0] && centreX < core[2] && centreY >= core[1] && centreY < core[3]
}

/** The exact inverse of the letterbox: takes a candidate from network to image coordinates. */
export function candidateToImage(
  candidate: Candidate,
  view: DetectionView,
  { pixelConvention }: ModelConfiguration,
): ImageCandidate {
  const scaleX = view.region.width / view.width
  const scaleY = view.region.height / view.height
  // Mirroring swaps the first and the last pixel; where they are depends on the convention. Scaling
  // is about the origin in both: measured on WIDER FACE, that fits the annotations best.
  const last = pixelConvention === 'indices' ? view.width - 1 : view.width
  const toX = (x: number) => view.region.x + (view.flip ? last - x : x) * scaleX
  const toY = (y: number) => view.region.y + y * scaleY
  const { box, landmarks, anchor, score } = candidate
  const left = view.flip ? box[2]! : box[0]!
  const right = view.flip ? box[0]! : box[2]!
  const points = new Float64Array(10)
  for (let i = 0; i < 5; i++) {
    const from = 2 * (view.flip ? mirroredLandmark[i]! : i)
    points[2 * i] = toX(landmarks[from]!)
    points[2 * i + 1] = toY(landmarks[from + 1]!)
  }
  const inImage = {
    score,
    box: Float64Array.of(toX(left), toY(box[1]!), toX(right), toY(box[3]!)),
    landmarks: points,
    scale: 1 / Math.sqrt(scaleX * scaleY),
    anchor: {
      stride: anchor.stride,
      row: anchor.row,
      column: anchor.column,
      index: anchor.index,
      centre: [toX(anchor.centreX), toY(anchor.centreY)] as const,
      size: anchor.size * Math.sqrt(scaleX * scaleY),
      flipped: view.flip,
    },
  }
  return candidate.features ? { ...inImage, features: candidate.features } : inImage
}
