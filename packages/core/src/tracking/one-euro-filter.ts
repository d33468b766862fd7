/** How a {@link OneEuroFilter} weighs calm against lag. */
export interface SmoothingOptions {
  /** Cutoff of what rests, in hertz: lower is calmer. Default 1. */
  readonly restCutoff?: number
  /** What a speed of one face size a second adds to the cutoff, in hertz: higher lags less. Default 4. */
  readonly speedGain?: number
}

// Of the speed itself, as the paper sets it.
const speedCutoff = 1

/**
 * Smooths the values of a moving thing: much while it rests, little while it moves.
 *
 * Casiez, Roussel, Vogel: "1€ Filter: A Simple Speed-based Low-pass Filter for Noisy Input in
 * Interactive Systems" (CHI 2012), with speeds in sizes of the thing, so that one setting fits near
 * and far faces.
 */
export class OneEuroFilter {
  private readonly restCutoff: number
  private readonly speedGain: number
  private values: Float32Array | undefined
  private speeds = new Float32Array(0)
  private time = 0

  constructor({ restCutoff = 1, speedGain = 4 }: SmoothingOptions = {}) {
    this.restCutoff = restCutoff
    this.speedGain = speedGain
  }

  /**
   * @param values always as many
   * @param size of the thing, in the unit of the values
   * @param time in seconds
   * @returns the smoothed values, in an array of their own
   */
  smooth(values: ArrayLike<number>, size: number, time: number): Float32Array {
    const elapsed = time - this.time
    this.time = time
    if (!this.values) {
      this.values = Float32Array.from(values)
      this.speeds = new Float32Array(values.length)
    } else if (elapsed > 0) {
      this.advance(this.values, values, size, elapsed)
    }
    return this.values.slice()
  }

  private advance(
    smoothed: Float32Array,
    values: ArrayLike<number>,
    size: number,
    elapsed: number,
  ): void {
    const speedWeight = weightOf(speedCutoff, elapsed)
    for (let i = 0; i < smoothed.length; i++) {
      const step = values[i]! - smoothed[i]!
      const speed = this.speeds[i]! + speedWeight * (step / size / elapsed - this.speeds[i]!)
      this.speeds[i] = speed
      const cutoff = this.restCutoff + this.speedGain * Math.abs(speed)
      smoothed[i] = smoothed[i]! + weightOf(cutoff, elapsed) * step
    }
  }
}

/** What a new value weighs in a low-pass filter after `elapsed` seconds. */
function weightOf(cutoff: number, elapsed: number): number {
  const ratio = 2 * Math.PI * cutoff * elapsed
  return ratio / (1 + ratio)
}
