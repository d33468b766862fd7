/** The nearest multiple of 1 / `steps`. */
export function round(value: number, steps: number): number {
  return Math.round(value * steps) / steps
}
