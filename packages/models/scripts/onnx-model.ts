import { field, intField, message, readFields, stringField } from './protobuf-edit.ts'

/** A dimension: a size, or the name of one that is known at run time only. */
type Dimension = number | string

/** An input or output of a network. */
export interface TensorInfo {
  readonly name: string
  /** Default `'float32'`. */
  readonly type?: 'float32' | 'uint8'
  readonly dims: readonly Dimension[]
}

// Field numbers of onnx.proto.
const MODEL_GRAPH = 7
const GRAPH_INPUT = 11
const GRAPH_OUTPUT = 12
const elementTypes = { float32: 1, uint8: 2 } as const

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
  return message(
    ...readFields(model).map(({ number, raw, payload }) =>
      number === MODEL_GRAPH && payload
        ? field(MODEL_GRAPH, declareInGraph(payload, inputs, outputs))
        : raw,
    ),
  )
}

function declareInGraph(
  graph: Uint8Array,
  inputs: readonly TensorInfo[],
  outputs: readonly TensorInfo[],
): Uint8Array {
  const kept = readFields(graph).filter(
    ({ number }) => number !== GRAPH_INPUT && number !== GRAPH_OUTPUT,
  )
  return message(
    ...kept.map(({ raw }) => raw),
    ...inputs.map((tensor) => field(GRAPH_INPUT, valueInfo(tensor))),
    ...outputs.map((tensor) => field(GRAPH_OUTPUT, valueInfo(tensor))),
  )
}

/** An input or output as ONNX declares it. */
export function valueInfo({ name, dims, type = 'float32' }: TensorInfo): Uint8Array {
  const shape = message(...dims.map((dim) => field(1, dimension(dim))))
  const tensorType = message(intField(1, elementTypes[type]), field(2, shape))
  return message(stringField(1, name), field(2, field(1, tensorType)))
}

function dimension(dim: Dimension): Uint8Array {
  return typeof dim === 'number' ? intField(1, dim) : stringField(2, dim)
}
