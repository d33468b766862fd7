/** A detection to evaluate: `[x1, y1, x2, y2]` in pixels and a score. */
export interface ScoredBox {
  readonly box: readonly [number, number, number, number]
  readonly score: number
}

/** What matching says of a picture's detections, the best score first. */
export interface PictureMatches {
  readonly scores: Float64Array
  /** 1 where a detection counts as a proposal, 0 where it only met an ignored face. */
  readonly isProposal: Uint8Array
  /** How many counted faces the detections up to and with this one have found. */
  readonly found: Uint32Array
}

/**
 * Matches detections to annotated faces as WIDER FACE's own evaluation does.
 *
 * Each detection, the best first, takes the face that it overlaps most. From an overlap of 0.5 on it
 * finds that face; several detections of one face find it once and all count as proposals. A
 * detection of an ignored face counts as nothing.
 *
 * @param faces x, y, width, height, flat
 * @param counted indices of the faces that are not ignored
 */
export function matchPicture(
  detections: readonly ScoredBox[],
  faces: Float64Array,
  counted: readonly number[],
): PictureMatches {
  const sorted = [...detections].sort((a, b) => b.score - a.score)
  const isCounted = new Set(counted)
  const foundFaces = new Set<number>()
  const isProposal = new Uint8Array(sorted.length).fill(1)
  const found = new Uint32Array(sorted.length)
  sorted.forEach(({ box }, i) => {
    const face = mostOverlapped(box, faces)
    if (face >= 0) {
      if (isCounted.has(face)) foundFaces.add(face)
      else isProposal[i] = 0
    }
    found[i] = foundFaces.size
  })
  return { scores: Float64Array.from(sorted, ({ score }) => score), isProposal, found }
}

/** The face with the largest overlap of at least 0.5, or −1. */
function mostOverlapped(box: ScoredBox['box'], faces: Float64Array): number {
  let best = -1
  let bestOverlap = 0
  for (let i = 0; i < faces.length / 4; i++) {
    const overlap = inclusiveOverlap(box, faces, 4 * i)
    if (overlap > bestOverlap) {
      best = i
      bestOverlap = overlap
    }
  }
  return bestOverlap >= 0.5 ? best : -1
}

/** Intersection over union of pixel boxes that contain both of their corners, as in the original. */
function inclusiveOverlap(
  [x1, y1, x2, y2]: ScoredBox['box'],
  faces: Float64Array,
  at: number,
): number {
  const fx = faces[at]!
  const fy = faces[at + 1]!
  const fx2 = fx + faces[at + 2]!
  const fy2 = fy + faces[at + 3]!
  const width = Math.min(x2, fx2) - Math.max(x1, fx) + 1
  const height = Math.min(y2, fy2) - Math.max(y1, fy) + 1
  if (width <= 0 || height <= 0) return 0
  const shared = width * height
  const areas = (x2 - x1 + 1) * (y2 - y1 + 1) + (fx2 - fx + 1) * (fy2 - fy + 1)
  return shared / (areas - shared)
}
