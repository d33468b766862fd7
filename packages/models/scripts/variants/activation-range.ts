const bins = 4096
const levels = 255

/**
 * Finds how far 8 bits should reach for values of at least 0: what is above is cut off, what is below
 * is rounded, and the sum of both squared errors is least. Look at all values twice.
 */
export class ActivationRange {
  private largest = 0
  private readonly histogram = new Float64Array(bins)

  /** The first look. */
  findLargest(values: Float32Array): void {
    for (const value of values) if (value > this.largest) this.largest = value
  }

  /** The second look. */
  count(values: Float32Array): void {
    for (const value of values) {
      const bin = Math.min(bins - 1, Math.floor((value / this.largest) * bins))
      this.histogram[bin]! += 1
    }
  }

  /** The value that the largest of 255 levels should stand for. */
  best(): number {
    const candidates = Array.from({ length: 71 }, (_, i) => this.largest * (0.3 + i / 100))
    const errors = candidates.map((range) => this.errorOf(range))
    return candidates[errors.indexOf(Math.min(...errors))]!
  }

  private errorOf(range: number): number {
    const step = range / levels
    return this.histogram.reduce((sum, count, bin) => {
      const value = ((bin + 0.5) / bins) * this.largest
      const error = value - Math.min(levels, Math.round(value / step)) * step
      return sum + count * error ** 2
    }, 0)
  }
}
