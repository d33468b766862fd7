/** Draws when something has changed, once for each picture of the screen, and says what that took. */
export class FrameLoop {
  frames = 0
  /** Of the last picture. */
  milliseconds = 0
  private pending = 0
  private readonly draw: () => void

  constructor(draw: () => void) {
    this.draw = draw
  }

  /** Draws with the screen's next picture. */
  invalidate(): void {
    if (this.pending === 0) this.pending = requestAnimationFrame(() => this.run())
  }

  /** Draws now. */
  run(): void {
    cancelAnimationFrame(this.pending)
    this.pending = 0
    const begin = performance.now()
    this.draw()
    this.milliseconds = performance.now() - begin
    this.frames++
  }

  stop(): void {
    cancelAnimationFrame(this.pending)
  }
}
