import { ModelLoadError } from '@retinaface/core'
import { attributeField, inputField, nodeField, weightsField } from './onnx-writer.ts'
import { type ProtobufField, readProtobufFields } from './protobuf-fields.ts'
import { bytesField, fieldParts, joinBytes, textField } from './protobuf-message.ts'

// Field numbers and types of onnx.proto.
const MODEL_GRAPH = 7
const GRAPH = { node: 1, weights: 5, input: 11 }
const NODE = { input: 1, operator: 4, attribute: 5 }
const ATTRIBUTE = { name: 1, ints: 8 }
// Per row and column like kernel, pads and strides, but 1 whatever a column is.
const DILATIONS = 'dilations'
const TENSOR = { dims: 1, name: 8, bytes: 9 }
const VALUE_NAME = 1
const FLOAT = 1
const ROWS = 'rows_samples'

/**
 * A network that takes pixels as they lie in pictures, `1×height×width×3` uint8, where it took planes
 * of floats.
 *
 * A 3×3 convolution of three planes is a 3×9 convolution of rows of samples, three columns a pixel,
 * so nothing is moved and nothing copied but into floats.
 *
 * @param model a detector in float32: its first layers subtract a mean and convolve, or only convolve
 * @throws {ModelLoadError} if it is no such model.
 */
export function interleaveInput(model: Uint8Array): Uint8Array<ArrayBuffer> {
  const fields = readProtobufFields(model)
  const graph = fields.find(({ number }) => number === MODEL_GRAPH)
  const parts = graph ? readProtobufFields(graph.payload) : []
  const nodes = parts.filter(({ number }) => number === GRAPH.node)
  const [first, second] = nodes
  const convolution = first && operatorOf(first) === 'Sub' ? second : first
  if (!first || !convolution || operatorOf(convolution) !== 'Conv') {
    throw new ModelLoadError(
      'The model does not begin with a convolution, or a subtraction and a convolution.',
    )
  }
  const weights = textsOf(convolution, NODE.input)[1]
  const edited = parts.flatMap((part): Uint8Array[] => {
    if (part.number === GRAPH.input) {
      const dims = [1, 'height', 'width', 3]
      return [inputField({ name: textOf(part, VALUE_NAME), type: 'uint8', dims })]
    }
    if (part === first) {
      return [...rowsOfPixels(textOf(part, NODE.input)), nodeOfRows(part, convolution, ROWS)]
    }
    if (part === convolution) return [nodeOfRows(part, convolution)]
    const isWeights = part.number === GRAPH.weights && textOf(part, TENSOR.name) === weights
    return [isWeights ? weightsOfRows(part) : part.raw]
  })
  // From `1×height×width×3` to `1×height×(3·width)`.
  const shape = { dims: [3], data: BigInt64Array.of(0n, 0n, -1n) }
  const whole = fieldParts(MODEL_GRAPH, [...edited, weightsField('rows_shape', shape)])
  return joinBytes(...fields.flatMap((field) => (field === graph ? whole : field.raw)))
}

/** The nodes that make rows of samples of the network's input. */
function rowsOfPixels(input: string): Uint8Array[] {
  const plane = { inputs: ['rows'], outputs: ['rows_plane'], attributes: { axes: [1] } }
  const cast = { inputs: ['rows_plane'], outputs: [ROWS], attributes: { to: FLOAT } }
  return [
    nodeField({ operator: 'Reshape', inputs: [input, 'rows_shape'], outputs: ['rows'] }),
    nodeField({ operator: 'Unsqueeze', ...plane }),
    nodeField({ operator: 'Cast', ...cast }),
  ]
}

/** A node on rows of samples, and of another `input` if one is named. */
function nodeOfRows(node: ProtobufField, convolution: ProtobufField, input?: string): Uint8Array {
  const fields = readProtobufFields(node.payload)
  const first = fields.find(({ number }) => number === NODE.input)
  const edited = fields.map((field) => {
    if (field === first && input !== undefined) return textField(NODE.input, input)
    return node === convolution ? attributeOfRows(field) : field.raw
  })
  return bytesField(GRAPH.node, ...edited)
}

/** Kernel, pads and strides tell rows, columns, rows, …; of columns there are three times as many. */
function attributeOfRows(field: ProtobufField): Uint8Array {
  if (field.number !== NODE.attribute || textOf(field, ATTRIBUTE.name) === DILATIONS) {
    return field.raw
  }
  const values = readProtobufFields(field.payload)
    .filter(({ number }) => number === ATTRIBUTE.ints)
    .map(({ payload }) => wholeOf(payload))
  if (values.length === 0) return field.raw
  const widened = values.map((value, i) => (i % 2 === 0 ? value : 3 * value))
  return attributeField(textOf(field, ATTRIBUTE.name), widened)
}

/** From `outputs×3×rows×columns` to `outputs×1×rows×(3·columns)`. */
function weightsOfRows(weights: ProtobufField): Uint8Array {
  const fields = readProtobufFields(weights.payload)
  const [outputs = 0, planes = 0, rows = 0, columns = 0] = fields
    .filter(({ number }) => number === TENSOR.dims)
    .map(({ payload }) => wholeOf(payload))
  const bytes = fields.find(({ number }) => number === TENSOR.bytes)!.payload
  const planar = new Float32Array(bytes.slice().buffer)
  const interleaved = new Float32Array(planar.length)
  const cells = rows * columns
  for (let output = 0, to = 0; output < outputs; output++) {
    for (let cell = 0; cell < cells; cell++) {
      for (let plane = 0; plane < planes; plane++) {
        interleaved[to++] = planar[(output * planes + plane) * cells + cell]!
      }
    }
  }
  const dims = [outputs, 1, rows, planes * columns]
  return weightsField(textOf(weights, TENSOR.name), { dims, data: interleaved })
}

function operatorOf(node: ProtobufField): string {
  return textOf(node, NODE.operator)
}

function textOf(message: ProtobufField, number: number): string {
  return textsOf(message, number)[0] ?? ''
}

function textsOf({ payload }: ProtobufField, wanted: number): string[] {
  return readProtobufFields(payload)
    .filter(({ number }) => number === wanted)
    .map((field) => new TextDecoder().decode(field.payload))
}

/** A varint of small numbers that are not negative. */
function wholeOf(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 128 + (byte % 128), 0)
}
