/** A fully connected layer: `weight` is [outputs, inputs], row-major. */
export interface LinearLayer {
  readonly weight: Float32Array
  readonly bias: Float32Array
}

/**
 * Writes the layer's outputs, through a ReLU where asked for, to `dst` from `dstStart` on.
 *
 * @param input at least `inputStart + inputs` numbers
 */
export function applyLinear(
  { weight, bias }: LinearLayer,
  relu: boolean,
  input: Float32Array,
  inputStart: number,
  dst: Float32Array,
  dstStart: number,
): void {
  const inputs = weight.length / bias.length
  for (let output = 0, at = 0; output < bias.length; output++, at += inputs) {
    // Four sums, so that additions do not wait for one another.
    let a = bias[output]!
    let b = 0
    let c = 0
    let d = 0
    let i = 0
    for (; i + 3 < inputs; i += 4) {
      a += weight[at + i]! * input[inputStart + i]!
      b += weight[at + i + 1]! * input[inputStart + i + 1]!
      c += weight[at + i + 2]! * input[inputStart + i + 2]!
      d += weight[at + i + 3]! * input[inputStart + i + 3]!
    }
    for (; i < inputs; i++) a += weight[at + i]! * input[inputStart + i]!
    const sum = a + b + (c + d)
    dst[dstStart + output] = relu && sum < 0 ? 0 : sum
  }
}

/**
 * The layer that takes unnormalised inputs, equal to `layer` after `(input − mean) / scale`.
 *
 * @param mean [inputs]
 * @param scale [inputs]
 */
export function foldNormalisation(
  { weight, bias }: LinearLayer,
  mean: Float32Array,
  scale: Float32Array,
): LinearLayer {
  const inputs = mean.length
  const foldedWeight = weight.map((value, i) => value / scale[i % inputs]!)
  const foldedBias = bias.map((value, output) => {
    let shift = 0
    for (let i = 0; i < inputs; i++) shift += foldedWeight[output * inputs + i]! * mean[i]!
    return value - shift
  })
  return { weight: foldedWeight, bias: foldedBias }
}
