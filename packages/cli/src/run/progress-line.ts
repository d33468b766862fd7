/** How far a run is. */
export interface ProgressState {
  /** A part of one counts as such. */
  readonly done: number
  readonly failed: number
  /** Undefined while the pictures are still being counted. */
  readonly total: number | undefined
  readonly elapsedSeconds: number
}

const barWidth = 24

/** One line of text that shows a run's progress: a bar, the count, the rate and the time left. */
export function progressLine({ done, failed, total, elapsedSeconds }: ProgressState): string {
  const rate = elapsedSeconds > 0 ? done / elapsedSeconds : 0
  const parts = [
    total === undefined
      ? `${Math.floor(done)}`
      : `${bar(done / Math.max(1, total))} ${Math.floor(done)}/${total}`,
  ]
  if (rate > 0) parts.push(rate >= 1 ? `${rate.toFixed(1)}/s` : `${(1 / rate).toFixed(1)} s each`)
  if (rate > 0 && total !== undefined && total > done) {
    parts.push(`${duration((total - done) / rate)} left`)
  }
  if (failed > 0) parts.push(`${failed} failed`)
  return parts.join('  ')
}

/** Seconds as `42 s`, `3:07` or `1:02:03`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const pad = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes}:${pad(whole % 60)}`
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(whole % 60)}`
}

function bar(share: number): string {
  const full = Math.round(Math.min(1, share) * barWidth)
  return '█'.repeat(full) + '░'.repeat(barWidth - full)
}
