import { type NewNode, type NewWeights, writeModel } from '@retinaface/models'
import type { PackedWeights } from './packed-weights.ts'

type FilterDims = [rows: number, columns: number, inputs: number, outputs: number]

// Of onnx.proto.
const FLOAT32 = 1

/** Where the network shrinks its maps, by blocks of the same name as face-api.js gives them. */
const blocks = [
  ...['conv32_1', 'conv32_2', 'conv32_3'],
  ...['conv64_down', 'conv64_1', 'conv64_2', 'conv64_3'],
  ...['conv128_down', 'conv128_1', 'conv128_2'],
  ...['conv256_down', 'conv256_1', 'conv256_2', 'conv256_down_out'],
]

/**
 * dlib's ResNet-29 for face recognition as ONNX, from the weights that face-api.js ships: input
 * `faces×3×150×150`, output `faces×128`.
 *
 * The weights stay 8-bit in the file, as they come; runtimes turn them into floats when they load it.
 */
export function dlibNetwork(weights: PackedWeights): Uint8Array<ArrayBuffer> {
  const writer = new NetworkWriter(weights)
  let map = writer.relu(writer.convolve('face', 'conv32_down', 2, 0))
  map = writer.pool('MaxPool', map, 3)
  let side = 35
  for (const block of blocks) {
    const shrinks = block.includes('down')
    map = writer.residual(map, block, shrinks ? side : undefined)
    if (shrinks) side = Math.floor(side / 2)
  }
  writer.describe(map)
  return writeModel({
    nodes: writer.nodes,
    weights: writer.tensors,
    inputs: [{ name: 'face', dims: ['faces', 3, 150, 150] }],
    outputs: [{ name: 'descriptor', dims: ['faces', 128] }],
    operatorSets: { '': 12 },
  })
}

class NetworkWriter {
  readonly nodes: NewNode[] = []
  readonly tensors = new Map<string, NewWeights>()
  private readonly weights: PackedWeights

  constructor(weights: PackedWeights) {
    this.weights = weights
  }

  /** Two convolutions and a shortcut, which is pooled where the block shrinks maps of `side` columns. */
  residual(input: string, block: string, side: number | undefined): string {
    const stride = side === undefined ? 1 : 2
    const first = this.relu(this.convolve(input, `${block}/conv1`, stride, stride === 1 ? 1 : 0))
    const branch = this.convolve(first, `${block}/conv2`, 1, 1)
    if (side === undefined) return this.relu(this.add(branch, input))
    const [, , inputs, outputs] = this.weights.dims(`${block}/conv1/conv/filters`) as FilterDims
    // Where maps are of an even side, the convolution gives a row and a column less than the pooling.
    const missing = Math.floor(side / 2) - Math.floor((side - 3) / 2) - 1
    const padded = this.pad(branch, 0, missing)
    const pooled = this.pool('AveragePool', input, 2)
    return this.relu(this.add(padded, this.pad(pooled, outputs - inputs, 0)))
  }

  /** A convolution whose batch norm, a gain and an offset a channel, is folded into it. */
  convolve(input: string, layer: string, stride: number, padding: number): string {
    const [rows, columns] = this.weights.dims(`${layer}/conv/filters`) as [number, number]
    const gain = this.weights.floats(`${layer}/scale/weights`)
    const offset = this.weights.floats(`${layer}/scale/biases`)
    const bias = this.weights.floats(`${layer}/conv/bias`)
    this.tensors.set(`${layer}/bias`, {
      dims: [gain.length],
      data: Float32Array.from(bias, (value, i) => value * gain[i]! + offset[i]!),
    })
    const filters = this.filters(layer, gain)
    return this.node('Conv', [input, filters, `${layer}/bias`], `${layer}/sum`, {
      kernel_shape: [rows, columns],
      pads: [padding, padding, padding, padding],
      strides: [stride, stride],
    })
  }

  relu(input: string): string {
    return this.node('Relu', [input], `${input}/relu`)
  }

  pool(operator: 'MaxPool' | 'AveragePool', input: string, side: number): string {
    const attributes = { kernel_shape: [side, side], strides: [2, 2] }
    return this.node(operator, [input], `${input}/pooled`, attributes)
  }

  /** The mean of the last map times a matrix of 256×128. */
  describe(map: string): void {
    const { values, scale, zero } = this.weights.packed('fc')!
    this.tensors.set('fc/packed', { dims: this.weights.dims('fc'), data: values })
    this.tensors.set('fc/scale', { dims: [], data: Float32Array.of(scale) })
    this.tensors.set('fc/zero', { dims: [], data: Float32Array.of(zero) })
    const mean = this.node('ReduceMean', [map], 'mean', { axes: [2, 3], keepdims: 0 })
    this.node('MatMul', [mean, this.unpack('fc')], 'descriptor')
  }

  /** Filters times their output channel's gain: in 8 bits where they are stored so. */
  private filters(layer: string, gain: Float32Array): string {
    const name = `${layer}/conv/filters`
    const [rows, columns, inputs, outputs] = this.weights.dims(name) as FilterDims
    const dims = [outputs, inputs, rows, columns]
    const packed = this.weights.packed(name)
    if (!packed) {
      const data = filtersFirst(this.weights.floats(name), [rows, columns, inputs, outputs])
      const area = inputs * rows * columns
      const folded = data.map((value, i) => value * gain[Math.floor(i / area)]!)
      this.tensors.set(`${layer}/filters`, { dims, data: folded })
      return `${layer}/filters`
    }
    const { values, scale, zero } = packed
    const data = filtersFirst(values, [rows, columns, inputs, outputs])
    this.tensors.set(`${layer}/packed`, { dims, data })
    // (packed × scale + zero) × gain, with a gain for each output channel.
    const perOutput = [outputs, 1, 1, 1]
    this.tensors.set(`${layer}/scale`, { dims: perOutput, data: gain.map((g) => scale * g) })
    this.tensors.set(`${layer}/zero`, { dims: perOutput, data: gain.map((g) => zero * g) })
    return this.unpack(layer)
  }

  private unpack(layer: string): string {
    const floats = this.node('Cast', [`${layer}/packed`], `${layer}/cast`, { to: FLOAT32 })
    const scaled = this.node('Mul', [floats, `${layer}/scale`], `${layer}/scaled`)
    return this.node('Add', [scaled, `${layer}/zero`], `${layer}/filters`)
  }

  private add(a: string, b: string): string {
    return this.node('Add', [a, b], `${a}/added`)
  }

  /** Zeros behind the channels, below the rows and after the columns. */
  private pad(input: string, channels: number, below: number): string {
    if (channels === 0 && below === 0) return input
    const pads = `${input}/pads`
    const counts = [0, 0, 0, 0, 0, channels, below, below]
    this.tensors.set(pads, { dims: [8], data: BigInt64Array.from(counts, BigInt) })
    return this.node('Pad', [input, pads], `${input}/padded`)
  }

  private node(
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes: NewNode['attributes'] = {},
  ): string {
    this.nodes.push({ operator, inputs, outputs: [output], attributes })
    return output
  }
}

/** From `rows×columns×inputs×outputs` to `outputs×inputs×rows×columns`. */
function filtersFirst<Values extends Uint8Array | Float32Array>(
  values: Values,
  [rows, columns, inputs, outputs]: FilterDims,
): Values {
  const moved = values.slice() as Values
  let at = 0
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++) {
      for (let cell = 0; cell < rows * columns; cell++) {
        moved[at++] = values[(cell * inputs + input) * outputs + output]!
      }
    }
  }
  return moved
}
