import { type Activation, activate, activationSlope } from './activation.ts'

/** One step of a network, in plain double-precision arithmetic. */
export interface Layer {
  /** Output for the input `x`. */
  forward(x: Float64Array): Float64Array
  /** Gradient by the input, from the input, its output and the gradient by the output. */
  backward(x: Float64Array, y: Float64Array, gradient: Float64Array): Float64Array
}

/** A layer followed by an activation. */
export function activatedLayer(layer: Layer, activation: Activation): Layer {
  return {
    forward: (x) => layer.forward(x).map((value) => activate(activation, value)),
    backward: (x, y, gradient) => {
      const beforeActivation = gradient.map(
        (value, i) => value * activationSlope(activation, y[i]!),
      )
      return layer.backward(x, y, beforeActivation)
    },
  }
}
