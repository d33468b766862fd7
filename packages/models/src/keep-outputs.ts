import { ModelLoadError } from '@retinaface/core'
import { type ProtobufField, readProtobufFields } from './protobuf-fields.ts'
import { fieldParts, joinBytes } from './protobuf-message.ts'

// Field numbers of onnx.proto.
const MODEL_GRAPH = 7
const GRAPH_NODE = 1
const GRAPH_OUTPUT = 12
const NODE_INPUT = 1
const NODE_OUTPUT = 2
const VALUE_NAME = 1

/**
 * A network with some of its outputs and only the nodes that they need; a runtime drops the weights
 * that no node needs.
 *
 * One file serves several purposes so: outputs that nobody reads are computed all the same, and a
 * level's head costs time.
 *
 * @param model a serialized ONNX model whose nodes are in order, as ONNX demands
 * @throws {ModelLoadError} if an output is not there or the bytes are no such model.
 */
export function keepOutputs(
  model: Uint8Array<ArrayBuffer>,
  outputs: readonly string[],
): Uint8Array<ArrayBuffer> {
  const fields = readProtobufFields(model)
  const graph = graphOf(fields)
  const kept = keepInGraph(readProtobufFields(graph.payload), outputs)
  return joinBytes(
    ...fields.flatMap((field) => (field === graph ? fieldParts(MODEL_GRAPH, kept) : field.raw)),
  )
}

/**
 * The names of all outputs of a serialized ONNX model.
 *
 * @throws {ModelLoadError} if the bytes are no such model.
 */
export function outputNamesOf(model: Uint8Array<ArrayBuffer>): string[] {
  return readProtobufFields(graphOf(readProtobufFields(model)).payload)
    .filter(({ number }) => number === GRAPH_OUTPUT)
    .map(outputName)
}

function graphOf(fields: readonly ProtobufField[]): ProtobufField {
  const graph = fields.find(({ number }) => number === MODEL_GRAPH)
  if (!graph) throw new ModelLoadError('The model has no graph: it is not an ONNX file.')
  return graph
}

function keepInGraph(fields: readonly ProtobufField[], outputs: readonly string[]): Uint8Array[] {
  const needed = new Set(outputs)
  const kept = new Set<ProtobufField>()
  for (const field of fields.toReversed()) {
    if (field.number === GRAPH_NODE) {
      const parts = readProtobufFields(field.payload)
      if (!namesOf(parts, NODE_OUTPUT).some((name) => needed.has(name))) continue
      for (const name of namesOf(parts, NODE_INPUT)) needed.add(name)
    } else if (field.number === GRAPH_OUTPUT && !outputs.includes(outputName(field))) continue
    kept.add(field)
  }
  const found = fields.filter(({ number }) => number === GRAPH_OUTPUT).map(outputName)
  const missing = outputs.filter((name) => !found.includes(name))
  if (missing.length === 0) return fields.filter((field) => kept.has(field)).map(({ raw }) => raw)
  throw new ModelLoadError(
    `The model has no output ${missing.join(', ')}; it has ${found.join(', ')}.`,
  )
}

function outputName({ payload }: ProtobufField): string {
  return namesOf(readProtobufFields(payload), VALUE_NAME)[0] ?? ''
}

function namesOf(fields: readonly ProtobufField[], wanted: number): string[] {
  const decoder = new TextDecoder()
  return fields
    .filter(({ number }) => number === wanted)
    .map(({ payload }) => decoder.decode(payload))
}
