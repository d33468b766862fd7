import { chebyshevBasis } from './chebyshev.ts'
import type { Layer } from './layer.ts'
import type { ScaledLaplacian } from './scaled-laplacian.ts'

/**
 * The graph convolution y = Σ_k T_k(L̃) x θ_k + b of the paper (mesh decoder; Defferrard et al.,
 * 2016, equation 4), for any order K.
 *
 * @param theta [K, inputs, outputs].
 * @param bias [outputs].
 */
export function chebyshevLayer(
  laplacian: ScaledLaplacian,
  theta: Float32Array,
  bias: Float32Array,
  order: number,
): Layer {
  const outputs = bias.length
  const inputs = theta.length / (order * outputs)
  const vertices = laplacian.diagonal.length
  return {
    forward: (x) => {
      const basis = chebyshevBasis(laplacian, x, inputs, order)
      return Float64Array.from({ length: vertices * outputs }, (_, at) => {
        const output = at % outputs
        const row = (at - output) / outputs
        let sum = bias[output]!
        for (let k = 0; k < order; k++) {
          for (let i = 0; i < inputs; i++) {
            sum += basis[k]![row * inputs + i]! * theta[(k * inputs + i) * outputs + output]!
          }
        }
        return sum
      })
    },
    // L̃ is symmetric, so the transposed layer has the same basis on the other side.
    backward: (_x, _y, gradient) => {
      const basis = chebyshevBasis(laplacian, gradient, outputs, order)
      return Float64Array.from({ length: vertices * inputs }, (_, at) => {
        const input = at % inputs
        const row = (at - input) / inputs
        let sum = 0
        for (let k = 0; k < order; k++) {
          for (let o = 0; o < outputs; o++) {
            sum += basis[k]![row * outputs + o]! * theta[(k * inputs + input) * outputs + o]!
          }
        }
        return sum
      })
    },
  }
}
