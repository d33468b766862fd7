import { intersectionOverUnion } from './intersection-over-union.ts'

/** A kept box and the boxes that it stands for. */
export interface Cluster {
  /** Index of the kept box: the best of its members. */
  readonly kept: number
  /** Indices of the kept box and of every box that it suppressed, the best first. */
  readonly members: readonly number[]
}

/**
 * Greedy non-maximum suppression.
 *
 * Takes boxes from the best score down; each suppresses the later ones that overlap it by more than
 * `threshold`. Kept boxes overlap pairwise by at most `threshold`. Equal scores go by index, so the
 * result is deterministic.
 *
 * @param boxes flat x1, y1, x2, y2, in any one frame
 * @param scores one a box
 */
export function nonMaximumSuppression(
  boxes: ArrayLike<number>,
  scores: ArrayLike<number>,
  threshold: number,
): Cluster[] {
  const waiting = Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b)
  const clusters: Cluster[] = []
  let count = waiting.length
  while (count > 0) {
    const kept = waiting[0]!
    const members = [kept]
    let free = 0
    for (let i = 1; i < count; i++) {
      const other = waiting[i]!
      if (intersectionOverUnion(boxes, kept, boxes, other) > threshold) members.push(other)
      else waiting[free++] = other
    }
    clusters.push({ kept, members })
    count = free
  }
  return clusters
}
