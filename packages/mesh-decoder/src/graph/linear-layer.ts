import type { Layer } from './layer.ts'

/** y = W x + b with `weight` W ([outputs, inputs]) and `bias` b ([outputs]). */
export function linearLayer(weight: Float32Array, bias: Float32Array): Layer {
  const outputs = bias.length
  const inputs = weight.length / outputs
  return {
    forward: (x) =>
      Float64Array.from({ length: outputs }, (_, row) => {
        let sum = bias[row]!
        for (let i = 0; i < inputs; i++) sum += weight[row * inputs + i]! * x[i]!
        return sum
      }),
    backward: (_x, _y, gradient) =>
      Float64Array.from({ length: inputs }, (_, column) => {
        let sum = 0
        for (let row = 0; row < outputs; row++)
          sum += weight[row * inputs + column]! * gradient[row]!
        return sum
      }),
  }
}
