import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { readProtobufFields } from '../src/protobuf-fields.ts'

// Field numbers of onnx.proto.
const MODEL_GRAPH = 7
const GRAPH_NODE = 1
const GRAPH_INITIALIZER = 5

/** A node of a graph, with those of its attributes that are numbers or lists of whole numbers. */
export interface GraphNode {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: ReadonlyMap<string, number | readonly number[]>
}

/** A float32 weight tensor. */
export interface GraphTensor {
  readonly dims: readonly number[]
  readonly data: Float32Array
}

/** The nodes of a network in their order, and its float32 weights by name. */
export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly weights: ReadonlyMap<string, GraphTensor>
}

/** Reads the graph of a serialized ONNX model whose weights are stored as lists of floats. */
export function readGraph(model: Uint8Array): Graph {
  const graph = readProtobufFields(model).find(({ number }) => number === MODEL_GRAPH)!.payload
  const fields = readProtobufFields(graph)
  const payloads = (wanted: number) =>
    fields.filter(({ number }) => number === wanted).map(({ payload }) => payload)
  return {
    nodes: payloads(GRAPH_NODE).map(readNode),
    weights: new Map(payloads(GRAPH_INITIALIZER).map(readTensor)),
  }
}

function readNode(node: Uint8Array): GraphNode {
  const fields = readProtobufFields(node)
  const texts = (wanted: number) =>
    fields.filter(({ number }) => number === wanted).map(({ payload }) => text(payload))
  const attributes = fields.filter(({ number }) => number === 5).map(({ payload }) => payload)
  return {
    inputs: texts(1),
    outputs: texts(2),
    operator: texts(4)[0]!,
    attributes: new Map(attributes.map(readAttribute)),
  }
}

function readAttribute(attribute: Uint8Array): [string, number | readonly number[]] {
  const reader = new BinaryReader(attribute)
  let name = ''
  let single: number | undefined
  const list: number[] = []
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag()
    if (number === 1) name = reader.string()
    else if (number === 2) single = reader.float()
    else if (number === 3) single = Number(reader.int64())
    else if (number === 8) list.push(...readIntegers(reader, wireType))
    else reader.skip(wireType, number)
  }
  return [name, single ?? list]
}

function readTensor(tensor: Uint8Array): [string, GraphTensor] {
  const reader = new BinaryReader(tensor)
  let name = ''
  const dims: number[] = []
  let data = new Float32Array(0)
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag()
    if (number === 1) dims.push(...readIntegers(reader, wireType))
    else if (number === 4) data = new Float32Array(new Uint8Array(reader.bytes()).buffer)
    else if (number === 8) name = reader.string()
    else reader.skip(wireType, number)
  }
  return [name, { dims, data }]
}

function readIntegers(reader: BinaryReader, wireType: WireType): number[] {
  if (wireType === WireType.Varint) return [Number(reader.int64())]
  const packed = new BinaryReader(reader.bytes())
  const values: number[] = []
  while (packed.pos < packed.len) values.push(Number(packed.int64()))
  return values
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
