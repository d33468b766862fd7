import { BinaryWriter } from '@bufbuild/protobuf/wire'
import { type TensorInfo, valueInfo } from './onnx-model.ts'
import { field, intField, message, stringField } from './protobuf-edit.ts'

/** A node to be written; `domain` is that of its operator, ONNX's own when left out. */
export interface NewNode {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly domain?: string
  readonly attributes?: Readonly<Record<string, number | string | readonly number[]>>
}

/** Numbers that ONNX stores in a tensor, of the type that the array has. */
export type TensorData = Float32Array | Int8Array | Uint8Array | Int32Array | BigInt64Array

/** A network to be written. */
export interface NewModel {
  readonly nodes: readonly NewNode[]
  readonly weights: ReadonlyMap<string, { readonly dims: readonly number[]; data: TensorData }>
  readonly inputs: readonly TensorInfo[]
  readonly outputs: readonly TensorInfo[]
  /** Version of each operator set by its domain; `''` is ONNX's own. */
  readonly operatorSets: Readonly<Record<string, number>>
}

// Values of onnx.proto.
const IR_VERSION = 7
const ATTRIBUTE_INT = 2
const ATTRIBUTE_STRING = 3
const ATTRIBUTE_INTS = 7

/** Serializes a network as ONNX, the same bytes for the same network. */
export function writeModel({ nodes, weights, inputs, outputs, ...model }: NewModel): Uint8Array {
  const graph = message(
    ...nodes.map((node) => field(1, writeNode(node))),
    stringField(2, 'retinaface'),
    ...[...weights].map(([name, { dims, data }]) => field(5, writeTensor(name, dims, data))),
    ...inputs.map((tensor) => field(11, valueInfo(tensor))),
    ...outputs.map((tensor) => field(12, valueInfo(tensor))),
  )
  return message(
    intField(1, IR_VERSION),
    field(7, graph),
    ...Object.entries(model.operatorSets).map(([domain, version]) =>
      field(8, message(stringField(1, domain), intField(2, version))),
    ),
  )
}

export function writeNode({
  operator,
  inputs,
  outputs,
  domain,
  attributes = {},
}: NewNode): Uint8Array {
  return message(
    ...inputs.map((name) => stringField(1, name)),
    ...outputs.map((name) => stringField(2, name)),
    stringField(3, outputs[0]!),
    stringField(4, operator),
    ...Object.entries(attributes).map(([name, value]) => field(5, writeAttribute(name, value))),
    ...(domain ? [stringField(7, domain)] : []),
  )
}

function writeAttribute(name: string, value: number | string | readonly number[]): Uint8Array {
  const named = stringField(1, name)
  if (typeof value === 'number') return message(named, intField(3, value), type(ATTRIBUTE_INT))
  if (typeof value === 'string')
    return message(named, stringField(4, value), type(ATTRIBUTE_STRING))
  return message(named, ...value.map((item) => intField(8, item)), type(ATTRIBUTE_INTS))
}

function type(kind: number): Uint8Array {
  return intField(20, kind)
}

export function writeTensor(name: string, dims: readonly number[], data: TensorData): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return message(
    ...dims.map((dim) => intField(1, dim)),
    intField(2, elementType(data)),
    stringField(8, name),
    new BinaryWriter().raw(field(9, bytes)).finish(),
  )
}

function elementType(data: TensorData): number {
  if (data instanceof Float32Array) return 1
  if (data instanceof Uint8Array) return 2
  if (data instanceof Int8Array) return 3
  return data instanceof Int32Array ? 6 : 7
}
