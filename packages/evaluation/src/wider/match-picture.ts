/** A detection to evaluate: `[x1, y1, x2, y2]` in image pixels and a score. */
export interface ScoredBox {
  readonly box: readonly [x1: number, y1: number, x2: number, y2: number]
  readonly score: number
}

/** A detection as the official result files state it: x, y, width and height. */
export interface Proposal {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly score: number
}

/** What matching says of a picture's proposals, the best score first. */
export interface PictureMatches {
  readonly scores: Float64Array
  /** 1 where a proposal counts, 0 where it met a face that is ignored. */
  readonly counts: Uint8Array
  /** How many counted faces the proposals up to and with this one have found. */
  readonly found: Uint32Array
}

/**
 * Matches proposals to annotated faces as WIDER FACE's own evaluation does.
 *
 * Each proposal goes to the face that it overlaps most, the first one of equals. From an overlap of
 * 0.5 on it finds that face; several proposals of one face find it once and all of them count. A
 * proposal that goes to an ignored face does not count.
 *
 * @param proposals in any order; equal scores keep it
 * @param faces x, y, width, height of each face, flat
 * @param counted indices of the faces that are not ignored
 */
export function matchPicture(
  proposals: readonly Proposal[],
  faces: Float64Array,
  counted: readonly number[],
): PictureMatches {
  const sorted = [...proposals].sort((a, b) => b.score - a.score)
  const isCounted = new Set(counted)
  const foundFaces = new Set<number>()
  const counts = new Uint8Array(sorted.length).fill(1)
  const found = new Uint32Array(sorted.length)
  sorted.forEach((proposal, i) => {
    const face = mostOverlapped(proposal, faces)
    if (face >= 0) {
      if (isCounted.has(face)) foundFaces.add(face)
      else counts[i] = 0
    }
    found[i] = foundFaces.size
  })
  return { scores: Float64Array.from(sorted, ({ score }) => score), counts, found }
}

/** The face with the largest overlap of at least 0.5, or −1. */
function mostOverlapped(proposal: Proposal, faces: Float64Array): number {
  let best = -1
  let bestOverlap = 0
  for (let i = 0; i < faces.length / 4; i++) {
    const overlap = officialOverlap(proposal, faces, 4 * i)
    if (overlap > bestOverlap) {
      best = i
      bestOverlap = overlap
    }
  }
  return bestOverlap >= 0.5 ? best : -1
}

/**
 * Intersection over union as the official tool computes it: a box ends at x + width and then
 * contains that pixel too, so every side is one pixel longer than annotated.
 */
function officialOverlap(
  { x, y, width, height }: Proposal,
  faces: Float64Array,
  at: number,
): number {
  const faceX = faces[at]!
  const faceY = faces[at + 1]!
  const faceWidth = faces[at + 2]!
  const faceHeight = faces[at + 3]!
  const sharedWidth = Math.min(x + width, faceX + faceWidth) - Math.max(x, faceX) + 1
  const sharedHeight = Math.min(y + height, faceY + faceHeight) - Math.max(y, faceY) + 1
  if (sharedWidth <= 0 || sharedHeight <= 0) return 0
  const shared = sharedWidth * sharedHeight
  return shared / ((width + 1) * (height + 1) + (faceWidth + 1) * (faceHeight + 1) - shared)
}
