import type { Convolution } from './folded-layers.ts'

/** Weights as integers with one scale for each output. */
export interface QuantizedWeights {
  readonly data: Int8Array
  /** Real value of 1, for each output. */
  readonly scale: Float32Array
}

// Seven bits: processors without VNNI add two products of unsigned and signed bytes in 16 bits, which
// overflow with eight. The average precision is the same to 0.001.
const largest = 64

/** Rounds weights to 7-bit integers, symmetric about 0. */
export function quantizeWeights({ weight, dims: [outputs] }: Convolution): QuantizedWeights {
  const size = weight.length / outputs
  const scale = new Float32Array(outputs)
  const data = new Int8Array(weight.length)
  for (let i = 0; i < outputs; i++) {
    const own = weight.subarray(i * size, (i + 1) * size)
    scale[i] = Math.max(1e-8, ...own.map(Math.abs)) / largest
    own.forEach((value, at) => {
      const rounded = Math.round(value / scale[i]!)
      data[i * size + at] = Math.min(largest, Math.max(-largest, rounded))
    })
  }
  return { data, scale }
}

/** Biases in units of the products that they are added to. */
export function quantizeBias(
  bias: Float64Array,
  inputScale: number,
  { scale }: QuantizedWeights,
): Int32Array {
  return Int32Array.from(bias, (value, i) => Math.round(value / (inputScale * scale[i]!)))
}
