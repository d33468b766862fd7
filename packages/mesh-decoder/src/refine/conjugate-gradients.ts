import type { Linearization } from './linearization.ts'

/** Products with the Hessian that one step may take. */
const MOST_PRODUCTS = 15

/** Residual, as a share of the gradient's length, at which the step is good enough. */
const TOLERANCE = 0.05

/**
 * The step d with (H + damping) d ≈ −gradient, by conjugate gradients cut short.
 *
 * Steps that stop early are still descents: they minimise the quadratic over a subspace that holds
 * the gradient.
 */
export function dampedStep(linearization: Linearization, damping: number): Float32Array {
  const step = new Float32Array(linearization.gradient.length)
  const residual = linearization.gradient.map((slope) => -slope)
  const direction = residual.slice()
  let square = squareOf(residual)
  const goal = square * TOLERANCE ** 2
  for (let products = 0; products < MOST_PRODUCTS && square > goal; products++) {
    const product = linearization.hessianTimes(direction)
    let curvature = 0
    for (let i = 0; i < product.length; i++) {
      product[i]! += damping * direction[i]!
      curvature += product[i]! * direction[i]!
    }
    if (!(curvature > 0)) break
    const length = square / curvature
    for (let i = 0; i < step.length; i++) {
      step[i]! += length * direction[i]!
      residual[i]! -= length * product[i]!
    }
    const next = squareOf(residual)
    for (let i = 0; i < direction.length; i++) {
      direction[i] = residual[i]! + (next / square) * direction[i]!
    }
    square = next
  }
  return step
}

function squareOf(vector: Float32Array): number {
  let sum = 0
  for (const x of vector) sum += x * x
  return sum
}
