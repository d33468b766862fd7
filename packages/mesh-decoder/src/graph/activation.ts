/** What follows a layer; `leaky_relu` has slope 0.2 below zero, `elu` is exp(x) − 1 there. */
export type Activation = 'none' | 'relu' | 'leaky_relu' | 'elu'

export const ACTIVATIONS: readonly Activation[] = ['none', 'relu', 'leaky_relu', 'elu']

export const LEAKY_SLOPE = 0.2

/** An activation's value at `x`. */
export function activate(activation: Activation, x: number): number {
  if (activation === 'none' || x > 0) return x
  if (activation === 'relu') return 0
  return activation === 'leaky_relu' ? LEAKY_SLOPE * x : Math.expm1(x)
}

/** An activation's derivative, from its value `y` (each determines the other where it matters). */
export function activationSlope(activation: Activation, y: number): number {
  if (activation === 'none' || y > 0) return 1
  if (activation === 'relu') return 0
  return activation === 'leaky_relu' ? LEAKY_SLOPE : y + 1
}
