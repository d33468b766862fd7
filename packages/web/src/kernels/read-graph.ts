import { ModelLoadError } from '@retinaface/core'
import { type ProtobufField, readProtobufFields } from '@retinaface/models'

/** One operator of a network. */
export interface GraphNode {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Whole numbers and lists of them. */
  readonly attributes: ReadonlyMap<string, readonly number[]>
}

/** A float32 constant of a network. */
export interface GraphWeights {
  readonly dims: readonly number[]
  readonly data: Float32Array
}

/** What is read of an ONNX file. */
export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly weights: ReadonlyMap<string, GraphWeights>
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

// Field numbers of onnx.proto.
const MODEL_GRAPH = 7
const GRAPH = { node: 1, weights: 5, input: 11, output: 12 }
const NODE = { input: 1, output: 2, operator: 4, attribute: 5 }
const ATTRIBUTE = { name: 1, int: 3, ints: 8 }
const TENSOR = { dims: 1, name: 8, bytes: 9 }
const VALUE = { name: 1 }

/**
 * Reads an ONNX file as `@retinaface/models` writes them: float32 weights as bytes.
 *
 * @throws {ModelLoadError}
 */
export function readGraph(model: Uint8Array): Graph {
  const graph = all(readProtobufFields(model), MODEL_GRAPH)[0]
  if (!graph) throw new ModelLoadError('The model has no graph: it is not an ONNX file.')
  const parts = readProtobufFields(graph)
  const names = (number: number) =>
    all(parts, number).map((value) => text(readProtobufFields(value), VALUE.name))
  return {
    nodes: all(parts, GRAPH.node).map(readNode),
    weights: new Map(all(parts, GRAPH.weights).map(readWeights)),
    inputs: names(GRAPH.input),
    outputs: names(GRAPH.output),
  }
}

function readNode(bytes: Uint8Array): GraphNode {
  const fields = readProtobufFields(bytes)
  const attributes = all(fields, NODE.attribute).map((attribute) => {
    const parts = readProtobufFields(attribute)
    const values = [...all(parts, ATTRIBUTE.int), ...all(parts, ATTRIBUTE.ints)].map(whole)
    return [text(parts, ATTRIBUTE.name), values] as const
  })
  return {
    operator: text(fields, NODE.operator),
    inputs: all(fields, NODE.input).map(decode),
    outputs: all(fields, NODE.output).map(decode),
    attributes: new Map(attributes),
  }
}

function readWeights(bytes: Uint8Array): readonly [string, GraphWeights] {
  const fields = readProtobufFields(bytes)
  // Copied, as floats begin at multiples of four only.
  const data = new Float32Array(new Uint8Array(all(fields, TENSOR.bytes)[0] ?? []).buffer)
  return [text(fields, TENSOR.name), { dims: all(fields, TENSOR.dims).map(whole), data }]
}

function all(fields: readonly ProtobufField[], wanted: number): Uint8Array[] {
  return fields.filter(({ number }) => number === wanted).map(({ payload }) => payload)
}

function text(fields: readonly ProtobufField[], number: number): string {
  return decode(all(fields, number)[0] ?? new Uint8Array())
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

/** A varint of any length; those of a network's sizes are small and not negative. */
function whole(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 128 + (byte % 128), 0)
}
