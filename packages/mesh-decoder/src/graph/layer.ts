/** One step of a network, in plain double-precision arithmetic. */
export interface Layer {
  /** Output for the input `x`. */
  forward(x: Float64Array): Float64Array
  /** Gradient by the input, from the input, its output and the gradient by the output. */
  backward(x: Float64Array, y: Float64Array, gradient: Float64Array): Float64Array
}
