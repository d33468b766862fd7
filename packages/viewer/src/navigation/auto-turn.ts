/** Milliseconds of a whole swing, and how far it goes to each side, in steps of the arrow keys. */
const PERIOD = 9000
const REACH = 7

/** Swings the view slowly to and fro, unless the user prefers reduced motion. */
export class AutoTurn {
  private readonly stillness = matchMedia('(prefers-reduced-motion: reduce)')
  private readonly listeners = new AbortController()
  private isWanted = false
  private pending = 0
  private begun = 0
  private reached = 0
  private readonly turn: (steps: number) => void

  /** @param turn turns by steps to the right */
  constructor(turn: (steps: number) => void) {
    this.turn = turn
    const { signal } = this.listeners
    this.stillness.addEventListener('change', () => this.setWanted(this.isWanted), { signal })
  }

  setWanted(isWanted: boolean): void {
    this.isWanted = isWanted
    const runs = isWanted && !this.stillness.matches
    if (runs === this.pending > 0) return
    cancelAnimationFrame(this.pending)
    this.pending = 0
    if (!runs) return
    this.begun = performance.now()
    this.reached = 0
    this.pending = requestAnimationFrame((now) => this.step(now))
  }

  dispose(): void {
    this.setWanted(false)
    this.listeners.abort()
  }

  private step(now: number): void {
    const angle = REACH * Math.sin((2 * Math.PI * Math.max(0, now - this.begun)) / PERIOD)
    this.turn(angle - this.reached)
    this.reached = angle
    this.pending = requestAnimationFrame((next) => this.step(next))
  }
}
