import { type CancelSignal, expectOptions, InvalidArgumentError } from '@retinaface/core'
import type { Embedding } from '../compare/similarity.ts'
import { Groups } from './groups.ts'
import { joinAlike } from './join-alike.ts'
import { partsOf } from './parts-of.ts'

/** Options of {@link cluster}. */
export interface ClusterOptions {
  /** Groups are joined while their faces are on average so alike: set it from your own pictures. */
  readonly threshold: number
  readonly signal?: CancelSignal
}

/** More faces than that are grouped in parts first. */
const mostAtOnce = 5_000

/**
 * Groups faces by person, without knowing how many there are: agglomerative clustering with average
 * linkage. The two groups whose faces are most alike on average are joined, until none are as alike as
 * the threshold.
 *
 * Up to 5,000 faces it is exact: every face is compared with every other. More are first grouped in parts
 * of about a thousand that are near one another, where only those join that are clearly above the
 * threshold, and then the groups of all parts are joined in the same way. Memory is twice that of the
 * vectors. In parts, time grows with the faces; at the end it grows with the square of the groups.
 *
 * @returns indices of faces by group, the largest first; who is like nobody is alone
 * @throws {InvalidArgumentError} if the vectors differ in length or the threshold is no number
 * @throws the signal's reason as soon as it is aborted
 *
 * @example
 * const people = await cluster(embeddings, { threshold: 0.87 })
 */
export async function cluster(
  embeddings: readonly Embedding[],
  options: ClusterOptions,
): Promise<number[][]> {
  expectOptions(options, ['threshold', 'signal'])
  const { threshold, signal } = options
  if (!Number.isFinite(threshold)) {
    throw new InvalidArgumentError('options.threshold', 'a number', threshold)
  }
  const groups = new Groups(embeddings)
  let left = [...embeddings.keys()]
  if (left.length > mostAtOnce) {
    // What is less alike may be more so to faces of another part.
    const sure = threshold + (1 - threshold) / 4
    const joined: number[] = []
    for (const part of partsOf(embeddings)) {
      joined.push(...(await joinAlike(groups, part, sure, signal)))
    }
    left = joined
  }
  const people = await joinAlike(groups, left, threshold, signal)
  return people
    .map((group) => groups.faces[group]!.sort((a, b) => a - b))
    .sort((a, b) => b.length - a.length)
}
