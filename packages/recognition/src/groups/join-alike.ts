import type { CancelSignal } from '@retinaface/core'
import type { Groups } from './groups.ts'

/** Comparisons between two looks at the signal: some hundredths of a second. */
const comparisonsAtOnce = 100_000

/**
 * Joins some of the groups with average linkage, by chains of nearest neighbours (Murtagh 1983): the two
 * that are most alike, until none are as alike as the threshold.
 *
 * @returns the groups that are then there
 */
export async function joinAlike(
  groups: Groups,
  some: readonly number[],
  threshold: number,
  signal: CancelSignal | undefined,
): Promise<number[]> {
  const done: number[] = []
  // Each is the nearest of the one before it, so that the last two are each other's at some point.
  const chain: number[] = []
  let comparisons = 0
  groups.left = [...some]
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
      done.push(last)
      groups.leave(last)
      chain.pop()
    } else if (nearest.group === before) {
      groups.join(before, last)
      chain.length -= 2
    } else {
      chain.push(nearest.group)
    }
  }
  return done
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
