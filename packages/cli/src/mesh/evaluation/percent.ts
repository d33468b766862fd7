import type { ErrorSummary } from '@retinaface/evaluation'

/** Errors in percent, three decimals. */
export interface PercentSummary {
  readonly mean: number
  readonly median: number
  readonly p90: number
}

/** A summary of errors that are shares. */
export function toPercent({ mean, median, p90 }: ErrorSummary): PercentSummary {
  return { mean: round(100 * mean), median: round(100 * median), p90: round(100 * p90) }
}

/** Three decimals: more than any of the sets can tell. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
