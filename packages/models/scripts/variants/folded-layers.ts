import { type Graph, type GraphNode, readGraph } from '../onnx-graph.ts'

/** A convolution with its batch normalisation folded in. */
export interface Convolution {
  /** `outputs×inputs×rows×columns`, inputs being those of one group. */
  readonly dims: readonly [outputs: number, inputs: number, rows: number, columns: number]
  readonly weight: Float64Array
  readonly bias: Float64Array
  readonly stride: number
  readonly groups: number
}

/** Reads a network's convolutions by name; those that a batch normalisation follows take it in. */
export function readFoldedLayers(model: Uint8Array): (name: string) => Convolution {
  const graph = readGraph(model)
  const convolutions = graph.nodes.filter(({ operator }) => operator === 'Conv')
  const layers = new Map(convolutions.map((node) => [node.outputs[0]!, fold(graph, node)] as const))
  return (name) => {
    const layer = layers.get(name)
    if (!layer) throw new Error(`The network has no convolution ${name}.`)
    return layer
  }
}

/** Several convolutions of the same input as one, their outputs one after the other. */
export function stack(layers: readonly Convolution[]): Convolution {
  const [first] = layers
  const [, inputs, rows, columns] = first!.dims
  const outputs = layers.reduce((sum, { dims }) => sum + dims[0], 0)
  return {
    ...first!,
    dims: [outputs, inputs, rows, columns],
    weight: Float64Array.from(layers.flatMap(({ weight }) => [...weight])),
    bias: Float64Array.from(layers.flatMap(({ bias }) => [...bias])),
  }
}

function fold({ nodes, weights }: Graph, node: GraphNode): Convolution {
  const { dims, data } = weights.get(node.inputs[1]!)!
  const [outputs, inputs, rows, columns] = dims as unknown as Convolution['dims']
  const given = weights.get(node.inputs[2] ?? '')?.data
  const bias = given ? Float64Array.from(given) : new Float64Array(outputs)
  const weight = Float64Array.from(data)
  const norm = nodes.find(
    ({ operator, inputs: [input] }) =>
      operator === 'BatchNormalization' && input === node.outputs[0],
  )
  if (norm) {
    const [gamma, beta, mean, variance] = norm.inputs
      .slice(1)
      .map((name) => weights.get(name)!.data)
    const epsilon = norm.attributes.get('epsilon') as number
    const size = inputs * rows * columns
    for (let i = 0; i < outputs; i++) {
      const factor = gamma![i]! / Math.sqrt(variance![i]! + epsilon)
      for (let at = i * size; at < (i + 1) * size; at++) weight[at]! *= factor
      bias[i] = (bias[i]! - mean![i]!) * factor + beta![i]!
    }
  }
  const [stride = 1] = node.attributes.get('strides') as readonly number[]
  const groups = node.attributes.get('group') as number
  return { dims: [outputs, inputs, rows, columns], weight, bias, stride, groups }
}
