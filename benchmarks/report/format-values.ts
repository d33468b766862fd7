import type { FaceCount } from '../measure/count-faces.ts'
import type { Spread } from '../support/interleave.ts'

/** Three or so digits: 0.064, 1.23, 12.3, 123. */
export function digits(value: number): string {
  if (value === 0) return '0'
  const size = Math.floor(Math.log10(Math.abs(value)))
  return value.toFixed(Math.max(0, Math.min(3, 2 - size)))
}

/** The middle, and the 10th and 90th percentile in brackets. */
export function withSpread([low, middle, high]: Spread, unit = ''): string {
  return `${digits(middle)}${unit} (${digits(low)} to ${digits(high)})`
}

/** Shares as whole percentages. */
export function percentages([low, middle, high]: Spread): string {
  const percent = (share: number) => (100 * share).toFixed(share < 0.1 ? 1 : 0)
  return `${percent(middle)} % (${percent(low)} to ${percent(high)})`
}

/** Bytes as megabytes of a million. */
export function megabytes(bytes: number): string {
  return `${digits(bytes / 1e6)} MB`
}

/** Found of known, and what was wrong where something was. */
export function faces({ found, known, wrong }: FaceCount): string {
  return `${found}/${known}${wrong > 0 ? ` and ${wrong} wrong` : ''}`
}
