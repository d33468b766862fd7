/** A pair of pictures with what an embedder says of them. */
export interface ComparedPair {
  readonly same: boolean
  readonly similarity: number
  readonly people: readonly string[]
}

/** Whether a pair is told right: pairs of at least the threshold pass for the same person. */
export function isRight({ same, similarity }: ComparedPair, threshold: number): boolean {
  return similarity >= threshold === same
}

/** The threshold that tells most pairs right, in the middle between two similarities. */
export function bestThreshold(pairs: readonly ComparedPair[]): number {
  const sorted = [...pairs].sort((a, b) => b.similarity - a.similarity)
  let right = sorted.filter(({ same }) => !same).length
  let most = -1
  let threshold = 0
  for (const [i, { same, similarity }] of sorted.entries()) {
    right += same ? 1 : -1
    const next = sorted[i + 1]?.similarity ?? similarity
    // Between equal similarities there is no threshold.
    if (right <= most || (next === similarity && i + 1 < sorted.length)) continue
    if (!Number.isFinite(similarity)) continue
    most = right
    threshold = Number.isFinite(next) ? (similarity + next) / 2 : similarity
  }
  return threshold
}

/** Share of pairs of the same person that are more alike than all but `rate` of the other pairs. */
export function trueAcceptance(pairs: readonly ComparedPair[], rate: number): number {
  const others = pairs.filter(({ same }) => !same).map(({ similarity }) => similarity)
  const alike = pairs.filter(({ same }) => same)
  others.sort((a, b) => b - a)
  const first = others[Math.floor(rate * others.length)] ?? Number.NEGATIVE_INFINITY
  return alike.filter(({ similarity }) => similarity > first).length / alike.length
}
