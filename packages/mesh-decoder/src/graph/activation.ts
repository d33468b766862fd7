import type { Layer } from './layer.ts'

/** What to do with values below zero: `slope` times the value, or e^x − 1 for 'elu'. */
export interface Activation {
  readonly below: 'slope' | 'elu'
  /** Ignored for 'elu'. */
  readonly slope: number
}

/** A function of each value alone, the identity above zero. */
export function activationLayer({ below, slope }: Activation): Layer {
  return {
    forward: (x) =>
      x.map((value) => {
        if (value > 0) return value
        return below === 'elu' ? Math.expm1(value) : slope * value
      }),
    // The slope follows from the output alone: for e^x − 1 it is the output plus 1.
    backward: (_x, y, gradient) =>
      gradient.map((value, i) => {
        if (y[i]! > 0) return value
        return value * (below === 'elu' ? y[i]! + 1 : slope)
      }),
  }
}
