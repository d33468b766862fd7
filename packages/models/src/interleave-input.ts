import { ModelLoadError } from '@retinaface/core'
import { attributeField, inputField, nodeField, weightsField } from './onnx-writer.ts'
import { type ProtobufField, readProtobufFields } from './protobuf-fields.ts'
import { bytesField, fieldParts, joinBytes, textField } from './protobuf-message.ts'

// Field numbers and types of onnx.proto.
const MODEL_GRAPH = 7
const GRAPH = { node: 1, weights: 5, input: 11 }
const NODE = { input: 1, operator: 4, attribute: 5 }
const ATTRIBUTE = { name: 1, ints: 8 }
const TENSOR = { dims: 1, name: 8, bytes: 9 }
const VALUE_NAME = 1
const FLOAT = 1

/**
 * A network that takes pixels as they lie in pictures, `1×height×width×3` uint8, where it took planes
 * of floats.
 *
 * A 3×3 convolution of three planes is a 3×9 convolution of rows of samples, three columns a pixel,
 * so nothing is moved and nothing copied but into floats.
 *
 * @param model a detector in float32 as this package builds it: its first layers subtract a mean and
 * convolve
 * @throws {ModelLoadError} if it is no such model.
 */
export function interleaveInput(model: Uint8Array): Uint8Array<ArrayBuffer> {
  const fields = readProtobufFields(model)
  const graph = fields.find(({ number }) => number === MODEL_GRAPH)
  const parts = graph ? readProtobufFields(graph.payload) : []
  const nodes = parts.filter(({ number }) => number === GRAPH.node)
  const [subtraction, convolution] = nodes
  const isKnown =
    subtraction &&
    textOf(subtraction, NODE.operator) === 'Sub' &&
    convolution &&
    textOf(convolution, NODE.operator) === 'Conv'
  if (!isKnown) {
    throw new ModelLoadError('The model does not begin with a subtraction and a convolution.')
  }
  const weights = textsOf(convolution, NODE.input)[1]
  const edited = parts.flatMap((part): Uint8Array[] => {
    if (part.number === GRAPH.input) {
      const dims = [1, 'height', 'width', 3]
      return [inputField({ name: textOf(part, VALUE_NAME), type: 'uint8', dims })]
    }
    if (part === subtraction) return subtractionFromPixels(part)
    if (part === convolution) return [convolutionOfRows(part)]
    const isWeights = part.number === GRAPH.weights && textOf(part, TENSOR.name) === weights
    return [isWeights ? weightsOfRows(part) : part.raw]
  })
  // From `1×height×width×3` to `1×height×(3·width)`.
  const shape = { dims: [3], data: BigInt64Array.of(0n, 0n, -1n) }
  const whole = fieldParts(MODEL_GRAPH, [...edited, weightsField('rows_shape', shape)])
  return joinBytes(...fields.flatMap((field) => (field === graph ? whole : field.raw)))
}

function subtractionFromPixels(subtraction: ProtobufField): Uint8Array[] {
  const [input = ''] = textsOf(subtraction, NODE.input)
  const fields = readProtobufFields(subtraction.payload)
  const first = fields.find(({ number }) => number === NODE.input)
  return [
    nodeField({ operator: 'Reshape', inputs: [input, 'rows_shape'], outputs: ['rows'] }),
    nodeField({
      operator: 'Unsqueeze',
      inputs: ['rows'],
      outputs: ['rows_plane'],
      attributes: { axes: [1] },
    }),
    nodeField({
      operator: 'Cast',
      inputs: ['rows_plane'],
      outputs: ['rows_samples'],
      attributes: { to: FLOAT },
    }),
    bytesField(
      GRAPH.node,
      ...fields.map((field) =>
        field === first ? textField(NODE.input, 'rows_samples') : field.raw,
      ),
    ),
  ]
}

/** Kernel, pads and strides tell rows, columns, rows, …; of columns there are three times as many. */
function convolutionOfRows(convolution: ProtobufField): Uint8Array {
  const fields = readProtobufFields(convolution.payload).map((field) => {
    if (field.number !== NODE.attribute) return field.raw
    const values = readProtobufFields(field.payload)
      .filter(({ number }) => number === ATTRIBUTE.ints)
      .map(({ payload }) => wholeOf(payload))
    if (values.length === 0) return field.raw
    const widened = values.map((value, i) => (i % 2 === 0 ? value : 3 * value))
    return attributeField(textOf(field, ATTRIBUTE.name), widened)
  })
  return bytesField(GRAPH.node, ...fields)
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
