import { printable } from '../output/printable.ts'
import { duration, progressLine } from './progress-line.ts'

/** What became of a run's pictures. */
export interface Tally {
  done: number
  failed: number
  /** Done by an earlier run that is resumed. */
  skipped: number
  faces: number
}

const redrawMilliseconds = 100
const clearLine = '\r\u001b[2K'

/** Tells the user how a run goes, on standard error. */
export class Reporter {
  readonly tally: Tally = { done: 0, failed: 0, skipped: 0, faces: 0 }
  private readonly started = performance.now()
  private readonly showsProgress: boolean
  private readonly quiet: boolean
  private total: number | undefined
  /** How far the one in hand is, 0 to 1. */
  private share = 0
  private drawnAt = Number.NEGATIVE_INFINITY

  /**
   * @param quiet errors only: no progress and no summary
   * @param printsResults results go to standard output as they come; on a terminal they show the
   * progress
   */
  constructor(quiet: boolean, printsResults: boolean) {
    this.quiet = quiet
    const isUseful = !(printsResults && process.stdout.isTTY)
    this.showsProgress = process.stderr.isTTY === true && isUseful && !quiet
  }

  /** Counts the pictures while the work goes on, if anybody will see the number. */
  countTotal(count: () => Promise<number>): void {
    if (!this.showsProgress) return
    // Without a total the bar shows less; what cannot be counted is reported when its turn comes.
    count().then(
      (total) => {
        this.total = total
      },
      () => undefined,
    )
  }

  /** Shows how far the one in hand is, 0 to 1. */
  showShare(share: number): void {
    this.share = share
    this.update()
  }

  /** Shows the tally as it is now. */
  update(): void {
    if (!this.showsProgress || performance.now() - this.drawnAt < redrawMilliseconds) return
    this.drawnAt = performance.now()
    const { done, failed, skipped } = this.tally
    const total = this.total === undefined ? undefined : this.total - skipped
    const line = progressLine({
      done: done + failed + this.share,
      failed,
      total,
      elapsedSeconds: this.elapsed(),
    })
    process.stderr.write(clearLine + line.slice(0, (process.stderr.columns || 80) - 1))
  }

  /** Prints a line, unless quiet. */
  say(line: string): void {
    if (!this.quiet) this.print(line)
  }

  /** Prints a line, quiet or not. */
  warn(line: string): void {
    this.print(line)
  }

  /** Prints what went wrong with a picture. */
  fail(file: string, message: string): void {
    // Most messages name the file themselves.
    this.print(message.includes(JSON.stringify(file)) ? message : `${file}: ${message}`)
  }

  /** Prints what became of all pictures. */
  summarise(): void {
    const { done, failed, skipped, faces } = this.tally
    const parts = [`${done} done`, `${failed} failed`, faces === 1 ? '1 face' : `${faces} faces`]
    if (skipped > 0) parts.splice(2, 0, `${skipped} skipped`)
    this.say(`${parts.join(', ')} in ${duration(this.elapsed())}`)
  }

  private print(line: string): void {
    const clear = this.showsProgress ? clearLine : ''
    process.stderr.write(`${clear}${printable(line)}\n`)
    this.drawnAt = Number.NEGATIVE_INFINITY
  }

  private elapsed(): number {
    return (performance.now() - this.started) / 1000
  }
}
