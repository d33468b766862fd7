import type { DenseLayers, LinearLayer } from '@retinaface/core/platform'
import { type NewNode, type NewWeights, writeModel } from './onnx-writer.ts'

/** The network's input: a row of numbers a face. */
export const DENSE_INPUT = 'inputs'
/** A row of the head's outputs a face. */
export const DENSE_OUTPUT = 'outputs'
/** A row of what the decoder's layer gives a face, where it runs along. */
export const DENSE_COARSE = 'coarse'

const operatorSets = { '': 12 }

/** Dense layers as an ONNX network for any number of faces at once. */
export function denseModel({ head, decoder }: DenseLayers): Uint8Array<ArrayBuffer> {
  const last = head.length - 1
  const outputs = head[last]!.bias.length
  const products = head.map((layer, i) => {
    const input = i === 0 ? DENSE_INPUT : `hidden${i}`
    return { layer, input, output: i === last ? DENSE_OUTPUT : `linear${i}` }
  })
  const coarse = { input: DENSE_OUTPUT, output: DENSE_COARSE }
  const layers = decoder ? [...products, { layer: widened(decoder, outputs), ...coarse }] : products
  return writeModel({
    nodes: layers.flatMap(({ input, output }, i) => [
      product(input, output),
      ...(i < last ? [{ operator: 'Relu', inputs: [output], outputs: [`hidden${i + 1}`] }] : []),
    ]),
    weights: new Map(layers.flatMap(({ layer, output }) => weightsOf(layer, output))),
    inputs: [{ name: DENSE_INPUT, dims: ['faces', inputsOf(head[0]!)] }],
    outputs: [
      { name: DENSE_OUTPUT, dims: ['faces', outputs] },
      ...(decoder ? [{ name: DENSE_COARSE, dims: ['faces', decoder.bias.length] }] : []),
    ],
    operatorSets,
  })
}

function inputsOf({ weight, bias }: LinearLayer): number {
  return weight.length / bias.length
}

/** The layer with zeros for the head's outputs that are not the latent, which come last. */
function widened({ weight, bias }: LinearLayer, inputs: number): LinearLayer {
  const wide = new Float32Array(bias.length * inputs)
  const narrow = weight.length / bias.length
  for (let row = 0; row < bias.length; row++) {
    wide.set(weight.subarray(row * narrow, (row + 1) * narrow), row * inputs)
  }
  return { weight: wide, bias }
}

function product(input: string, output: string): NewNode {
  const inputs = [input, `${output}_weight`, `${output}_bias`]
  return { operator: 'Gemm', inputs, outputs: [output], attributes: { transB: 1 } }
}

function weightsOf(layer: LinearLayer, output: string): [string, NewWeights][] {
  const outputs = layer.bias.length
  return [
    [`${output}_weight`, { dims: [outputs, inputsOf(layer)], data: layer.weight }],
    [`${output}_bias`, { dims: [outputs], data: layer.bias }],
  ]
}
