import type { NewModel, NewNode, TensorData } from '../../src/onnx-writer.ts'
import type { DetectorStep } from './detector-steps.ts'
import type { Convolution } from './folded-layers.ts'
import { quantizeBias, quantizeWeights } from './quantize-weights.ts'
import { GROUPED_PIXELS, widenFirstLayer } from './widen-first-layer.ts'

const contrib = 'com.microsoft'
const pixelScale = 1
// Pixels minus 127.5 are pixels minus this plus a half, which goes into the first bias.
const pixelZero = 128

type Step<Kind> = Extract<DetectorStep, { kind: Kind }>

/** Writes the detector's steps as operators on bytes; activations are 0 … their range. */
export class Int8Writer {
  readonly nodes: NewNode[] = []
  readonly weights: NewModel['weights']
  private readonly constants = new Map<string, { dims: readonly number[]; data: TensorData }>()
  private readonly ranges: Readonly<Record<string, number>>
  /** Scale of each tensor that was written. */
  private readonly scales = new Map<string, number>()

  /** @param ranges largest value of each activation that counts; parts of a concat have the whole's */
  constructor(ranges: Readonly<Record<string, number>>) {
    this.ranges = ranges
    this.weights = this.constants
    this.constant('zero', [], Uint8Array.of(0))
    this.constant('pixel_zero', [], Uint8Array.of(pixelZero))
    this.scaleOf('pixels', pixelScale)
  }

  add(step: DetectorStep): void {
    if (step.kind === 'add') this.addEnlarged(step)
    else if (step.kind === 'concat') this.concat(step)
    else if (step.kind === 'head') this.predict(step)
    else if (step.input === 'samples') this.convolvePixels(step)
    else this.convolve(step)
  }

  private convolve({ input, layer, output }: Step<'convolution'>): void {
    const padding = (layer.dims[2] - 1) / 2
    this.quantizedConvolution(input, 'zero', layer, output, {
      pads: [padding, padding, padding, padding],
      strides: [layer.stride, layer.stride],
    })
  }

  private convolvePixels({ layer, output }: Step<'convolution'>): void {
    const { layer: wide, padding, strides } = widenFirstLayer(withHalf(layer))
    const [outputs, inputs] = [layer.dims[0], wide.dims[1]]
    this.reshape('pixels', `${GROUPED_PIXELS}_pixels`, [1, 0, -1, inputs])
    this.share(`${GROUPED_PIXELS}_pixels`, 'pixels')
    this.scaleOf(`${output}_wide`, this.rangeScale(output))
    this.quantizedConvolution(`${GROUPED_PIXELS}_pixels`, 'pixel_zero', wide, `${output}_wide`, {
      pads: padding,
      strides,
    })
    this.reshape(`${output}_wide`, output, [1, 0, -1, outputs])
    this.share(output, `${output}_wide`)
  }

  private quantizedConvolution(
    input: string,
    inputZero: string,
    layer: Convolution,
    output: string,
    place: { readonly pads: readonly number[]; readonly strides: readonly number[] },
  ): void {
    const [outputs, , rows, columns] = layer.dims
    const quantized = quantizeWeights(layer)
    if (!this.scales.has(output)) this.scaleOf(output, this.rangeScale(output))
    this.constant(`${output}_weight`, layer.dims, quantized.data)
    this.constant(`${output}_weight_scale`, [outputs], quantized.scale)
    this.constant(`${output}_weight_zero`, [outputs], new Int8Array(outputs))
    const bias = quantizeBias(layer.bias, this.scales.get(input)!, quantized)
    this.constant(`${output}_bias`, [outputs], bias)
    const weight = ['weight', 'weight_scale', 'weight_zero'].map((part) => `${output}_${part}`)
    const inputs = [input, this.scaleName(input), inputZero, ...weight]
    this.node(
      'QLinearConv',
      [...inputs, this.scaleName(output), 'zero', `${output}_bias`],
      output,
      { kernel_shape: [rows, columns], ...place, group: layer.groups, channels_last: 1 },
    )
  }

  /** Each row's pixels doubled, then each row, which is cheaper than the runtime's resize. */
  private addEnlarged({ large, small, output }: Step<'add'>): void {
    const named = (part: string) => `${output}_${part}`
    this.node('Concat', [small, small], named('columns'), { axis: 3 })
    this.reshape(named('columns'), named('row'), [1, 0, 1, -1])
    this.node('Concat', [named('row'), named('row')], named('rows'), { axis: 2 })
    this.node('Shape', [large], named('shape'))
    this.node('Reshape', [named('rows'), named('shape')], named('enlarged'))
    this.scaleOf(output, this.rangeScale(output))
    const inputs = [large, named('enlarged')]
    this.share(named('enlarged'), small)
    const operands = inputs.flatMap((input) => [input, this.scaleName(input), 'zero'])
    this.node('QLinearAdd', [...operands, this.scaleName(output), 'zero'], output)
  }

  private concat({ inputs, output }: Step<'concat'>): void {
    this.node('Concat', inputs, output, { axis: 3 })
    this.share(output, inputs[0]!)
  }

  private predict({ input, layer, output }: Step<'head'>): void {
    const [outputs, channels] = layer.dims
    const { data, scale } = quantizeWeights(layer)
    const columns = data.map((_, at) => data[(at % outputs) * channels + Math.floor(at / outputs)]!)
    this.constant(`${output}_weight`, [channels, outputs], columns)
    this.constant(`${output}_weight_scale`, [outputs], scale)
    this.constant(`${output}_weight_zero`, [outputs], new Int8Array(outputs))
    this.constant(`${output}_bias`, [outputs], Float32Array.from(layer.bias))
    const scales = [this.scaleName(input), `${output}_weight_scale`]
    const zeros = ['zero', `${output}_weight_zero`]
    const inputs = [input, `${output}_weight`, ...scales, ...zeros, `${output}_bias`]
    this.node('MatMulIntegerToFloat', inputs, output)
  }

  private reshape(input: string, output: string, shape: readonly number[]): void {
    this.constant(`${output}_shape`, [shape.length], BigInt64Array.from(shape, BigInt))
    this.node('Reshape', [input, `${output}_shape`], output)
  }

  private rangeScale(tensor: string): number {
    const range = this.ranges[tensor]
    if (range === undefined) throw new Error(`There is no range for ${tensor}: calibrate again.`)
    return range / 255
  }

  private scaleOf(tensor: string, scale: number): void {
    this.scales.set(tensor, Math.fround(scale))
    this.constant(this.scaleName(tensor), [], Float32Array.of(scale))
  }

  private share(tensor: string, other: string): void {
    this.scaleOf(tensor, this.scales.get(other)!)
  }

  private scaleName(tensor: string): string {
    return `${tensor}_scale`
  }

  private constant(name: string, dims: readonly number[], data: TensorData): void {
    this.constants.set(name, { dims, data })
  }

  private node(
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes: NewNode['attributes'] = {},
  ): void {
    const domain = contribOperators.has(operator) ? { domain: contrib } : {}
    this.nodes.push({ operator, inputs, outputs: [output], attributes, ...domain })
  }
}

const contribOperators = new Set(['QLinearConv', 'QLinearAdd', 'MatMulIntegerToFloat'])

/** The layer with half of each weight's sum in its bias: its input is half a level larger. */
function withHalf({ weight, bias, ...layer }: Convolution): Convolution {
  const size = weight.length / bias.length
  const sums = bias.map((value, i) => {
    const own = weight.subarray(i * size, (i + 1) * size)
    return value + own.reduce((sum, item) => sum + item, 0) / 2
  })
  return { ...layer, weight, bias: sums }
}
