import type { Cluster } from './non-maximum-suppression.ts'

/**
 * The score-weighted mean of a cluster's rows in a flat array of `components` numbers a row.
 *
 * Box voting (Gidaris and Komodakis, arXiv 1505.01749; used in the RetinaFace paper's test protocol):
 * the boxes that a kept box suppressed have a say in where it lies. Without a score above 0 the kept
 * row comes back as it is.
 */
export function voteOn(
  values: ArrayLike<number>,
  components: number,
  scores: ArrayLike<number>,
  cluster: Cluster,
): Float64Array {
  const mean = new Float64Array(components)
  let total = 0
  for (const member of cluster.members) {
    const weight = scores[member]!
    total += weight
    for (let i = 0; i < components; i++) mean[i]! += weight * values[member * components + i]!
  }
  const kept = cluster.kept * components
  return mean.map((sum, i) => (total > 0 ? sum / total : values[kept + i]!))
}
