/** A file of the visitor's, or the URL of a sample. */
export type PhotoSource = Blob | string

/** What the visitor chose last. */
export class Choices<Source = PhotoSource> {
  /** Called at each choice. */
  onChoice: () => void = () => undefined
  private readonly signal: AbortSignal
  private chosen: Source | undefined
  private wake: () => void = () => undefined

  /** @param signal ends the waiting */
  constructor(signal: AbortSignal) {
    this.signal = signal
    signal.addEventListener('abort', () => this.wake())
  }

  choose(source: Source): void {
    this.chosen = source
    this.onChoice()
    this.wake()
  }

  /** The last choice that was not given yet, once there is one; nothing at the end. */
  async next(): Promise<Source | undefined> {
    if (this.chosen === undefined && !this.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    const chosen = this.chosen
    this.chosen = undefined
    return this.signal.aborted ? undefined : chosen
  }
}
