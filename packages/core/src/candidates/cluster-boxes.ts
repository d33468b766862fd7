import { type Cluster, nonMaximumSuppression } from './non-maximum-suppression.ts'

/** A box with its score. */
export interface ScoredBox {
  readonly score: number
  /** x1, y1, x2, y2. */
  readonly box: ArrayLike<number>
}

/** {@link nonMaximumSuppression} of boxes that are not in one flat array. */
export function clusterBoxes(entries: readonly ScoredBox[], threshold: number): Cluster[] {
  const boxes = new Float64Array(4 * entries.length)
  entries.forEach(({ box }, i) => {
    boxes.set(box, 4 * i)
  })
  const scores = entries.map(({ score }) => score)
  return nonMaximumSuppression(boxes, scores, threshold)
}
