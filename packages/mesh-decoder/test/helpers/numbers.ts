/** The largest difference of two arrays, as a share of the second's largest magnitude (or of 1). */
export function worstDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY
  let worst = 0
  let largest = 0
  for (let i = 0; i < expected.length; i++) {
    worst = Math.max(worst, Math.abs(actual[i]! - expected[i]!))
    largest = Math.max(largest, Math.abs(expected[i]!))
    if (Number.isNaN(actual[i])) return Number.POSITIVE_INFINITY
  }
  return worst / Math.max(largest, Number.MIN_VALUE)
}

/**
 * The gradient of `loss` by `variables` from central differences of two widths, extrapolated to
 * width zero (Richardson), which lets the widths be large against float32's noise.
 */
export function finiteDifferences(
  variables: Float32Array,
  step: number,
  loss: () => number,
): Float64Array {
  return Float64Array.from(variables, (value, i) => {
    const slope = (width: number): number => {
      variables[i] = value + width
      const above = variables[i]!
      const lossAbove = loss()
      variables[i] = value - width
      const difference = (lossAbove - loss()) / (above - variables[i]!)
      variables[i] = value
      return difference
    }
    return (4 * slope(step) - slope(2 * step)) / 3
  })
}

/** Σ a·b. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/** A stream of uniform numbers in 0..1 (mulberry32), the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Normally distributed numbers made of uniform ones (Box and Muller). */
export function normalNumbers(uniform: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}
