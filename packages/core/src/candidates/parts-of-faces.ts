import { areaOf, longerSide, sharedArea } from './box-size.ts'
import type { Cluster } from './non-maximum-suppression.ts'

/** A box in the image frame, its score, and the scale of the view that it was seen in. */
export interface ScaledBox {
  readonly score: number
  /** x1, y1, x2, y2. */
  readonly box: ArrayLike<number>
  /** Network pixels an image pixel. */
  readonly scale: number
}

// This much of a part's area lies in the face that it is a part of.
const containment = 0.8
// A part is at most this long beside its face, on the longer side.
const longestPart = 0.85
// What scores less is too doubtful to have parts.
const leastWhole = 0.3

/**
 * Leaves out boxes that are a part of a face, as an eye and a cheek that look like one when they are
 * looked at too closely.
 *
 * A box is a part where it lies mostly in a larger one that some look shows in one piece, and no such
 * look agrees with it: what is a face by itself, as one in front of another, is seen there too.
 *
 * @param clusters of `boxes`
 * @param largestFace that the network finds in one piece, in pixels of its input
 */
export function withoutParts(
  boxes: readonly ScaledBox[],
  clusters: readonly Cluster[],
  largestFace: number,
): Cluster[] {
  const seen = clusters.map(({ kept, members }) => {
    const { box, score } = boxes[kept]!
    const coarsest = Math.min(...members.map((member) => boxes[member]!.scale))
    return { box, score, side: longerSide(box), coarsest }
  })
  const wholes = seen.filter(
    ({ score, side, coarsest }) => score >= leastWhole && side * coarsest <= largestFace,
  )
  return clusters.filter((_, i) => {
    const { box, side, coarsest } = seen[i]!
    return !wholes.some(
      (whole) =>
        coarsest * whole.side > largestFace &&
        side < longestPart * whole.side &&
        sharedArea(box, whole.box) >= containment * areaOf(box),
    )
  })
}
