/** A file of the visitor's, or the URL of a sample. */
export type PhotoSource = Blob | string

/** What the visitor chose last. */
export class Choices {
  /** Called at each choice. */
  onChoice: () => void = () => undefined
  private readonly signal: AbortSignal
  private chosen: PhotoSource | undefined
  private wake: () => void = () => undefined

  /** @param signal ends the waiting */
  constructor(signal: AbortSignal) {
    this.signal = signal
    signal.addEventListener('abort', () => this.wake())
  }

  choose(photo: PhotoSource): void {
    this.chosen = photo
    this.onChoice()
    this.wake()
  }

  /** The last choice that was not given yet, once there is one; nothing at the end. */
  async next(): Promise<PhotoSource | undefined> {
    if (this.chosen === undefined && !this.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    const photo = this.chosen
    this.chosen = undefined
    return this.signal.aborted ? undefined : photo
  }
}
