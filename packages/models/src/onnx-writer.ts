import { bytesField, intField, joinBytes, textField } from './protobuf-message.ts'

/** A dimension: a size, or the name of one that is known at run time only. */
type Dimension = number | string

/** An input or output of a network. */
export interface TensorInfo {
  readonly name: string
  /** Default `'float32'`. */
  readonly type?: 'float32' | 'uint8'
  readonly dims: readonly Dimension[]
}

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

/** Numbers of a network, with their sizes. */
export interface NewWeights {
  readonly dims: readonly number[]
  readonly data: TensorData
}

/** A network to be written. */
export interface NewModel {
  readonly nodes: readonly NewNode[]
  readonly weights: ReadonlyMap<string, NewWeights>
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
const ELEMENT_TYPES = { float32: 1, uint8: 2 } as const

/** Serializes a network as ONNX, the same bytes for the same network. */
export function writeModel({
  nodes,
  weights,
  inputs,
  outputs,
  operatorSets,
}: NewModel): Uint8Array<ArrayBuffer> {
  const graph = [
    ...nodes.map(nodeField),
    textField(2, 'retinaface'),
    ...[...weights].map(([name, values]) => weightsField(name, values)),
    ...inputs.map(inputField),
    ...outputs.map(outputField),
  ]
  const versions = Object.entries(operatorSets).map(([domain, version]) =>
    bytesField(8, textField(1, domain), intField(2, version)),
  )
  return joinBytes(intField(1, IR_VERSION), bytesField(7, ...graph), ...versions)
}

/** A node as a field of a graph. */
export function nodeField({
  operator,
  inputs,
  outputs,
  domain,
  attributes = {},
}: NewNode): Uint8Array {
  return bytesField(
    1,
    ...inputs.map((name) => textField(1, name)),
    ...outputs.map((name) => textField(2, name)),
    textField(3, outputs[0]!),
    textField(4, operator),
    ...Object.entries(attributes).map(([name, value]) => attributeField(name, value)),
    ...(domain ? [textField(7, domain)] : []),
  )
}

/** An attribute as a field of a node. */
export function attributeField(
  name: string,
  value: number | string | readonly number[],
): Uint8Array {
  if (typeof value === 'number') {
    return bytesField(5, textField(1, name), intField(3, value), intField(20, ATTRIBUTE_INT))
  }
  if (typeof value === 'string') {
    return bytesField(5, textField(1, name), textField(4, value), intField(20, ATTRIBUTE_STRING))
  }
  const items = value.map((item) => intField(8, item))
  return bytesField(5, textField(1, name), ...items, intField(20, ATTRIBUTE_INTS))
}

/** Numbers as a field of a graph. */
export function weightsField(name: string, { dims, data }: NewWeights): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return bytesField(
    5,
    ...dims.map((dim) => intField(1, dim)),
    intField(2, elementType(data)),
    textField(8, name),
    bytesField(9, bytes),
  )
}

/** An input as a field of a graph. */
export function inputField(tensor: TensorInfo): Uint8Array {
  return bytesField(11, ...valueInfo(tensor))
}

/** An output as a field of a graph. */
export function outputField(tensor: TensorInfo): Uint8Array {
  return bytesField(12, ...valueInfo(tensor))
}

function valueInfo({ name, dims, type = 'float32' }: TensorInfo): Uint8Array[] {
  const sizes = dims.map((dim) => {
    return bytesField(1, typeof dim === 'number' ? intField(1, dim) : textField(2, dim))
  })
  const tensorType = bytesField(1, intField(1, ELEMENT_TYPES[type]), bytesField(2, ...sizes))
  return [textField(1, name), bytesField(2, tensorType)]
}

function elementType(data: TensorData): number {
  if (data instanceof Float32Array) return 1
  if (data instanceof Uint8Array) return 2
  if (data instanceof Int8Array) return 3
  return data instanceof Int32Array ? 6 : 7
}
