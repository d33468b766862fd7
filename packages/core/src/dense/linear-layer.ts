import {
  type HeapLayout,
  type Kernel,
  packPanels,
  paddedChannels,
  paddedColumns,
} from '@retinaface/mesh-decoder/kernel'

/** A fully connected layer: `weight` is [outputs, inputs], row-major. */
export interface LinearLayer {
  readonly weight: Float32Array
  readonly bias: Float32Array
}

/** Rows of outputs from rows of inputs; both widths count numbers with padding. */
export type LinearProduct = (
  kernel: Kernel,
  from: number,
  fromWidth: number,
  to: number,
  toWidth: number,
  rows: number,
) => void

/**
 * Places a layer in memory.
 *
 * @param width of its input rows, which are padded at their ends
 */
export function placeLinear(
  layout: HeapLayout,
  { weight, bias }: LinearLayer,
  width: number,
): LinearProduct {
  const outputs = bias.length
  const inputs = weight.length / outputs
  const panels = layout.place(
    packPanels(width, outputs, (input, output) => {
      return input < inputs ? weight[output * inputs + input]! : 0
    }),
  )
  const biases = new Float32Array(paddedColumns(outputs))
  biases.set(bias)
  const biasAddress = layout.place(biases)
  const columns = paddedChannels(outputs)
  return (kernel, from, fromWidth, to, toWidth, rows) => {
    kernel.matmul(from, fromWidth * 4, panels, biasAddress, to, toWidth * 4, rows, width, columns)
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
