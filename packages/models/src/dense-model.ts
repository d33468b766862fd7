import type { DenseLayers, LinearLayer } from '@retinaface/core'
import { bytesField, intField, joinBytes, textField } from './protobuf-message.ts'

/** The network's input: a row of numbers a face. */
export const DENSE_INPUT = 'inputs'
/** A row of the head's outputs a face. */
export const DENSE_OUTPUT = 'outputs'
/** A row of what the decoder's layer gives a face. */
export const DENSE_COARSE = 'coarse'

// Numbers of onnx.proto.
const IR_VERSION = 7
const OPERATOR_SET = 12
const FLOAT = 1
const ATTRIBUTE_INT = 2

/** Dense layers as an ONNX network for any number of faces at once. */
export function denseModel({ head, decoder }: DenseLayers): Uint8Array<ArrayBuffer> {
  const last = head.length - 1
  const outputs = head[last]!.bias.length
  const layers = head.flatMap((layer, i) => {
    const input = i === 0 ? DENSE_INPUT : `hidden${i}`
    if (i === last) return product(layer, input, DENSE_OUTPUT)
    const relu = node('Relu', [`linear${i}`], `hidden${i + 1}`)
    return [...product(layer, input, `linear${i}`), bytesField(1, relu)]
  })
  const graph = joinBytes(
    ...layers,
    ...product(widened(decoder, outputs), DENSE_OUTPUT, DENSE_COARSE),
    textField(2, 'dense'),
    bytesField(11, rows(DENSE_INPUT, inputsOf(head[0]!))),
    bytesField(12, rows(DENSE_OUTPUT, outputs)),
    bytesField(12, rows(DENSE_COARSE, decoder.bias.length)),
  )
  const operators = joinBytes(textField(1, ''), intField(2, OPERATOR_SET))
  return joinBytes(intField(1, IR_VERSION), bytesField(7, graph), bytesField(8, operators))
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

/** A layer's node and its weights, as fields of a graph. */
function product(layer: LinearLayer, input: string, output: string): Uint8Array[] {
  const [weight, bias] = [`${output}_weight`, `${output}_bias`]
  const outputs = layer.bias.length
  const transposed = joinBytes(textField(1, 'transB'), intField(3, 1), intField(20, ATTRIBUTE_INT))
  return [
    bytesField(1, node('Gemm', [input, weight, bias], output, transposed)),
    bytesField(5, tensor(weight, [outputs, inputsOf(layer)], layer.weight)),
    bytesField(5, tensor(bias, [outputs], layer.bias)),
  ]
}

function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  ...attributes: readonly Uint8Array[]
): Uint8Array {
  return joinBytes(
    ...inputs.map((name) => textField(1, name)),
    textField(2, output),
    textField(4, operator),
    ...attributes.map((attribute) => bytesField(5, attribute)),
  )
}

function tensor(name: string, dims: readonly number[], values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const sizes = dims.map((size) => intField(1, size))
  return joinBytes(...sizes, intField(2, FLOAT), textField(8, name), bytesField(9, bytes))
}

/** The type of a tensor [faces, columns]. */
function rows(name: string, columns: number): Uint8Array {
  const dims = [joinBytes(textField(2, 'faces')), joinBytes(intField(1, columns))]
  const shape = joinBytes(...dims.map((dim) => bytesField(1, dim)))
  const type = joinBytes(intField(1, FLOAT), bytesField(2, shape))
  return joinBytes(textField(1, name), bytesField(2, joinBytes(bytesField(1, type))))
}
