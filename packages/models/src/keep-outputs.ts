import { ModelLoadError } from '@retinaface/core'
import { type ProtobufField, readProtobufFields } from './protobuf-fields.ts'

// A wire type of protobuf and field numbers of onnx.proto.
const DELIMITED = 2
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
  const graph = fields.find(({ number }) => number === MODEL_GRAPH)
  if (!graph) throw new ModelLoadError('The model has no graph: it is not an ONNX file.')
  const kept = keepInGraph(readProtobufFields(graph.payload), outputs)
  return join(
    fields.flatMap((field) => (field === graph ? delimited(MODEL_GRAPH, kept) : [field.raw])),
  )
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

function delimited(number: number, parts: readonly Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return [varint(number * 8 + DELIMITED), varint(length), ...parts]
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return Uint8Array.from([...bytes, rest])
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
