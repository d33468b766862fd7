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
  let waiting = Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b)
  const clusters: Cluster[] = []
  while (waiting.length > 0) {
    const kept = waiting[0]!
    const members: number[] = [kept]
    const free: number[] = []
    for (let i = 1; i < waiting.length; i++) {
      const other = waiting[i]!
      const overlaps = intersectionOverUnion(boxes, kept, boxes, other) > threshold
      ;(overlaps ? members : free).push(other)
    }
    clusters.push({ kept, members })
    waiting = free
  }
  return clusters
}
