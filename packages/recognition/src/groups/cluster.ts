import { type CancelSignal, InvalidArgumentError } from '@retinaface/core'
import { expectOptions } from '@retinaface/core/platform'
import type { Embedding } from '../compare/similarity.ts'
import { Groups } from './groups.ts'

/** Options of {@link cluster}. */
export interface ClusterOptions {
  /** Groups are joined while their faces are on average so alike: set it from your own pictures. */
  readonly threshold: number
  readonly signal?: CancelSignal
}

/** Comparisons between two looks at the signal: some hundredths of a second. */
const comparisonsAtOnce = 100_000

/**
 * Groups faces by person, without knowing how many there are: agglomerative clustering with average
 * linkage, by chains of nearest neighbours (Murtagh 1983). The two groups whose faces are most alike on
 * average are joined, until none are as alike as the threshold.
 *
 * It is exact: every face is compared with every other, a few times. Memory is that of the vectors, and
 * time grows with the square of the faces.
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
  const done: number[][] = []
  // Each is the nearest of the one before it, so that the last two are each other's at some point.
  const chain: number[] = []
  let comparisons = 0
  while (groups.left.length > 0) {
    if (comparisons > comparisonsAtOnce) {
      comparisons = 0
      await nextTask()
    }
    signal?.throwIfAborted()
    comparisons += groups.left.length
    if (chain.length === 0) chain.push(groups.left[0]!)
    const last = chain.at(-1)!
    const before = chain.at(-2)
    const nearest = groups.nearest(last, before)
    if (nearest.similarity < threshold || nearest.group < 0) {
      // Joining others brings none of them nearer.
      done.push(groups.faces[last]!)
      groups.leave(last)
      chain.pop()
    } else if (nearest.group === before) {
      groups.join(before, last)
      chain.length -= 2
    } else {
      chain.push(nearest.group)
    }
  }
  return done.map((faces) => faces.sort((a, b) => a - b)).sort((a, b) => b.length - a.length)
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
