import type { Interval, VerificationResult } from '@retinaface/evaluation'
import { round } from '@retinaface/node/results'

/** The result with no more digits than mean something. */
export function toVerificationReport(result: VerificationResult): VerificationResult {
  const short = (value: number) => round(value, 1e6)
  const interval = ([low, high]: Interval): Interval => [short(low), short(high)]
  const each = <Value>(rates: Readonly<Record<string, Value>>, change: (value: Value) => Value) =>
    Object.fromEntries(Object.entries(rates).map(([rate, value]) => [rate, change(value)]))
  return {
    ...result,
    accuracy: short(result.accuracy),
    threshold: short(result.threshold),
    tarAtFar: each(result.tarAtFar, short),
    intervals: {
      accuracy: interval(result.intervals.accuracy),
      tarAtFar: each(result.intervals.tarAtFar, interval),
    },
  }
}

/** The same for reading. */
export function toVerificationTable(result: VerificationResult): string {
  const { accuracy, threshold, pairs, missed, tarAtFar, intervals } = result
  const line = (name: string, value: number, [low, high]: Interval) =>
    `${name.padEnd(16)}${value.toFixed(4)}  (${low.toFixed(4)} to ${high.toFixed(4)})`
  return [
    line('accuracy', accuracy, intervals.accuracy),
    ...Object.entries(tarAtFar).map(([rate, value]) =>
      line(`TAR at FAR ${rate}`, value, intervals.tarAtFar[rate]!),
    ),
    `${'threshold'.padEnd(16)}${threshold.toFixed(4)}`,
    `${'pairs'.padEnd(16)}${pairs}`,
    `${'missed'.padEnd(16)}${missed}`,
  ].join('\n')
}
