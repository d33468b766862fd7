/**
 * What is read of one file at most, summed over all its nodes: a few bytes can name the same large part
 * thousands of times, or one another in circles.
 */
const MOST = {
  nodes: 10_000,
  primitives: 10_000,
  vertices: 3_000_000,
  triangles: 6_000_000,
  'texture pixels': 128_000_000,
} as const

/** How long reading may keep the page from other work, in milliseconds: a frame. */
const LONGEST_TURN = 16

/** The work that reading a file may take, and what is left of it. */
export class GlbBudget {
  private readonly spent: Map<keyof typeof MOST, number> = new Map()
  private readonly signal: AbortSignal | undefined
  private turnBegan: number = performance.now()

  constructor(signal?: AbortSignal) {
    this.signal = signal
  }

  /** @throws {Error} if the file takes more than any file of faces does. */
  spend(what: keyof typeof MOST, amount: number): void {
    const sum = (this.spent.get(what) ?? 0) + amount
    if (sum > MOST[what]) throw new Error(`it has more than ${MOST[what]} ${what}`)
    this.spent.set(what, sum)
  }

  /**
   * Lets the page do other work, where it has waited for a frame.
   *
   * @throws the signal's reason
   */
  async giveWay(): Promise<void> {
    if (performance.now() - this.turnBegan < LONGEST_TURN) return
    await new Promise((resolve) => setTimeout(resolve))
    this.signal?.throwIfAborted()
    this.turnBegan = performance.now()
  }
}
