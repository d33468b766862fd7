import { inputField, outputField, type TensorInfo } from '../src/onnx-writer.ts'
import { readProtobufFields } from '../src/protobuf-fields.ts'
import { bytesField, joinBytes } from '../src/protobuf-message.ts'

// Field numbers of onnx.proto.
const MODEL_GRAPH = 7
const GRAPH_INPUT = 11
const GRAPH_OUTPUT = 12

/**
 * The same network with other declared inputs and outputs.
 *
 * Nothing else is touched: nodes and weights are carried over byte by byte. Any tensor inside the
 * graph may be named as an output.
 */
export function declareTensors(
  model: Uint8Array,
  inputs: readonly TensorInfo[],
  outputs: readonly TensorInfo[],
): Uint8Array {
  return editGraph(model, (graph) => [
    ...readProtobufFields(graph)
      .filter(({ number }) => number !== GRAPH_INPUT && number !== GRAPH_OUTPUT)
      .map(({ raw }) => raw),
    ...inputs.map(inputField),
    ...outputs.map(outputField),
  ])
}

/** The same network with another graph, given as its fields. */
export function editGraph(
  model: Uint8Array,
  edit: (graph: Uint8Array) => readonly Uint8Array[],
): Uint8Array {
  return joinBytes(
    ...readProtobufFields(model).map(({ number, raw, payload }) =>
      number === MODEL_GRAPH ? bytesField(MODEL_GRAPH, ...edit(payload)) : raw,
    ),
  )
}
