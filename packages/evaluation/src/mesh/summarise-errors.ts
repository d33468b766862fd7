/** What a list of errors says, in the unit of the errors. */
export interface ErrorSummary {
  readonly count: number
  readonly mean: number
  readonly median: number
  /** Nine in ten are at most this. */
  readonly p90: number
}

/** Summarises errors in any order; of an empty list every figure is NaN. */
export function summariseErrors(errors: readonly number[]): ErrorSummary {
  const sorted = [...errors].sort((a, b) => a - b)
  const mean = sorted.reduce((sum, error) => sum + error, 0) / sorted.length
  return { count: sorted.length, mean, median: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) }
}

/** Linear between the neighbouring values. */
function quantile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1)
  const below = sorted[Math.floor(position)] ?? Number.NaN
  const above = sorted[Math.ceil(position)] ?? Number.NaN
  return below + (above - below) * (position - Math.floor(position))
}
