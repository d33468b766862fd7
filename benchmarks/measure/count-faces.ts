import type { Box } from '../pictures/known-faces.ts'
import type { FoundFace } from '../protocol/contender.ts'

/** How many of a picture's faces were found, and what else was taken for a face. */
export interface FaceCount {
  /** Faces that are there. */
  readonly known: number
  readonly found: number
  readonly wrong: number
}

// Generous, because detectors differ in what they call a face's box: some take the whole head in.
const enoughOverlap = 0.3

/**
 * Matches what a detector found with the faces that are there, the best score first; each face counts
 * once, so a second box on it is wrong.
 */
export function countFaces(found: readonly FoundFace[], known: readonly Box[]): FaceCount {
  const open = new Set(known)
  for (const { box } of found.toSorted((a, b) => b.score - a.score)) {
    const best = bestMatch(box, open)
    if (best) open.delete(best)
  }
  const right = known.length - open.size
  return { known: known.length, found: right, wrong: found.length - right }
}

/** The sum over several pictures. */
export function sumCounts(counts: readonly FaceCount[]): FaceCount {
  const sum = (of: (count: FaceCount) => number) => counts.reduce((total, c) => total + of(c), 0)
  return { known: sum((c) => c.known), found: sum((c) => c.found), wrong: sum((c) => c.wrong) }
}

/** Intersection over union. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0])
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1])
  if (!(width > 0 && height > 0)) return 0
  const shared = width * height
  return shared / (area(a) + area(b) - shared)
}

function bestMatch(box: Box, open: ReadonlySet<Box>): Box | undefined {
  let best: Box | undefined
  let most = enoughOverlap
  for (const face of open) {
    const shared = overlap(box, face)
    if (shared < most) continue
    most = shared
    best = face
  }
  return best
}

function area([x1, y1, x2, y2]: Box): number {
  return (x2 - x1) * (y2 - y1)
}
