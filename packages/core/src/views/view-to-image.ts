import { longerSide } from '../candidates/box-size.ts'
import type { Candidate } from '../candidates/decode-candidates.ts'
import type { FaceAnchor } from '../face/face.ts'
import { type Quarters, turnBack, turnedSize } from '../image/turn-image.ts'
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
  /** By how many quarters of a turn, clockwise, the picture was turned in that view. */
  readonly quarters: Quarters
  readonly contextFeatures?: Float32Array
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

/** True if only a coarser level answers for this candidate, because of its size. */
export function isForCoarserLevel(candidate: ImageCandidate, view: DetectionView): boolean {
  const { bounds } = view
  if (!bounds || longerSide(candidate.box) < bounds.maxSide) return false
  return belongsToView(candidate, { ...view, bounds: { ...bounds, maxSide: Infinity } })
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
  // Mirroring and turning swap the first and the last pixel; where they are depends on the
  // convention. Scaling is about the origin in both: measured on WIDER FACE, that fits the annotations
  // best.
  const inclusive = pixelConvention === 'indices' ? 1 : 0
  const last = { width: view.width - inclusive, height: view.height - inclusive }
  const lastTurned = turnedSize(last, view.quarters).width
  const toImage = (x: number, y: number): readonly [number, number] => {
    const point = [view.flip ? lastTurned - x : x, y] as const
    const [across, down] = turnBack(point, last, view.quarters)
    return [view.region.x + across * scaleX, view.region.y + down * scaleY]
  }
  const { box, landmarks, anchor, score } = candidate
  const [a, b] = [toImage(box[0]!, box[1]!), toImage(box[2]!, box[3]!)]
  const points = new Float64Array(10)
  for (let i = 0; i < 5; i++) {
    const from = 2 * (view.flip ? mirroredLandmark[i]! : i)
    points.set(toImage(landmarks[from]!, landmarks[from + 1]!), 2 * i)
  }
  const inImage = {
    score,
    box: Float64Array.of(
      Math.min(a[0], b[0]),
      Math.min(a[1], b[1]),
      Math.max(a[0], b[0]),
      Math.max(a[1], b[1]),
    ),
    landmarks: points,
    scale: 1 / Math.sqrt(scaleX * scaleY),
    quarters: view.quarters,
    anchor: {
      stride: anchor.stride,
      row: anchor.row,
      column: anchor.column,
      index: anchor.index,
      centre: toImage(anchor.centreX, anchor.centreY),
      size: anchor.size * Math.sqrt(scaleX * scaleY),
      flipped: view.flip,
      ...(view.quarters ? { quarters: view.quarters } : {}),
    },
  }
  return candidate.contextFeatures
    ? { ...inImage, contextFeatures: candidate.contextFeatures }
    : inImage
}
