import type { Spread } from '../support/interleave.ts'

/** True if a ratio of times is above one by more than the rounds differ: median above 1.05, 10th percentile above 1. */
export function isSlower([low, median]: Spread): boolean {
  return median > 1.05 && low > 1
}
