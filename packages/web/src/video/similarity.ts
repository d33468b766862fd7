import { type Face, intersectionOverUnion } from '@retinaface/core'

// A face that jumped farther than this, in sizes, from one frame to the next is another one.
const farthestJump = 1.5
// Faces that do not overlap are the same only if they look much alike.
const alike = 0.8
const overlapping = 0.2

/**
 * How well two faces of successive frames go together, 0 for not at all: overlap of the boxes and,
 * by half, the cosine of the detector's features.
 */
export function similarity(before: Face, after: Face): number {
  const overlap = intersectionOverUnion(before.box, 0, after.box, 0)
  const likeness = cosine(before, after)
  const moved = jump(before, after) < farthestJump && likeness > alike
  return overlap > overlapping || moved ? overlap + likeness / 2 : 0
}

/** Of the features; 0 where there are none, or they are of different levels. */
function cosine(a: Face, b: Face): number {
  if (!a.contextFeatures || !b.contextFeatures || a.anchor.stride !== b.anchor.stride) return 0
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.contextFeatures.length; i++) {
    ab += a.contextFeatures[i]! * b.contextFeatures[i]!
    aa += a.contextFeatures[i]! ** 2
    bb += b.contextFeatures[i]! ** 2
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0
}

/** Distance of the centres in sizes of the larger face; infinite if they differ much in size. */
function jump({ box: a }: Face, { box: b }: Face): number {
  const sizes = [a[2] - a[0], b[2] - b[0]] as const
  if (Math.max(...sizes) > 2 * Math.min(...sizes)) return Number.POSITIVE_INFINITY
  const x = (a[0] + a[2] - b[0] - b[2]) / 2
  const y = (a[1] + a[3] - b[1] - b[3]) / 2
  return Math.hypot(x, y) / Math.max(...sizes)
}
