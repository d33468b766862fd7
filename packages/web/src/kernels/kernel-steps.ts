import { ModelLoadError } from '@retinaface/core'
import { isScoreOperator, scoredMap } from './face-score.ts'
import { type Graph, type GraphNode, type GraphWeights, readGraph } from './read-graph.ts'

/** A convolution's numbers. */
export interface KernelLayer {
  /** `outputs×inputs×rows×columns`, inputs being those of one group. */
  readonly weight: GraphWeights
  readonly bias: Float32Array
  readonly stride: number
  /** Values below 0 become 0. */
  readonly relu: boolean
}

/** What one kernel does, maps by their names. */
export type KernelStep =
  | { readonly kind: 'readPixels'; readonly input: string; readonly output: string; mean: number }
  | {
      readonly kind: 'convolve' | 'depthwise'
      readonly input: string
      readonly output: string
      readonly layer: KernelLayer
    }
  /** The largest of each 2×2 values. */
  | { readonly kind: 'maxPool'; readonly input: string; readonly output: string }
  /** A map plus one of its size or of half of it. */
  | {
      readonly kind: 'add'
      readonly input: string
      readonly other: string
      readonly output: string
      readonly relu: boolean
    }

/** A map of a network, without its size in pixels. */
export interface KernelMap {
  readonly channels: number
  /** Input pixels from one of its pixels to the next. */
  readonly stride: number
  /** The map that it is a part of, from this channel. */
  readonly within?: { readonly map: string; readonly channel: number }
}

/** An output: the map that it is, and how its tensor lies. */
export interface KernelOutput {
  readonly map: string
  /** `cells`: `1×rows×columns×channels`; `planes`: `1×channels×rows×columns`. */
  readonly layout: 'cells' | 'planes'
  /** The first channel is to be a score, of itself and the channel before the map's. */
  readonly isScored: boolean
}

/** A network as steps of the kernels. */
export interface KernelProgram {
  readonly input: string
  readonly steps: readonly KernelStep[]
  readonly maps: ReadonlyMap<string, KernelMap>
  readonly outputs: ReadonlyMap<string, KernelOutput>
}

/**
 * Turns a network of convolutions, as `@retinaface/models` slims it, into steps of the kernels.
 *
 * @throws {ModelLoadError} for an operator that the kernels have not.
 */
export function planSteps(model: Uint8Array): KernelProgram {
  const builder = new ProgramBuilder(readGraph(model))
  return builder.build()
}

class ProgramBuilder {
  private readonly graph: Graph
  private readonly maps = new Map<string, KernelMap>()
  private readonly steps: KernelStep[] = []
  /** Of what is the result of nothing but another layout or size. */
  private readonly cells = new Map<string, string>()
  private readonly enlarged = new Map<string, string>()
  private readonly relus: ReadonlyMap<string, string>
  private readonly producers: ReadonlyMap<string, GraphNode>
  private readonly scored = new Set<string>()

  constructor(graph: Graph) {
    this.graph = graph
    const relus = graph.nodes.filter(({ operator }) => operator === 'Relu')
    this.relus = new Map(relus.map(({ inputs, outputs }) => [inputs[0]!, outputs[0]!]))
    this.producers = new Map(graph.nodes.map((node) => [node.outputs[0]!, node]))
  }

  build(): KernelProgram {
    for (const node of this.graph.nodes) this.add(node)
    const outputs = this.graph.outputs.map((name): [string, KernelOutput] => {
      const map = this.cells.get(name)
      const isScored = map !== undefined && this.scored.has(map)
      return [name, { map: map ?? name, layout: map ? 'cells' : 'planes', isScored }]
    })
    return {
      input: this.graph.inputs[0]!,
      steps: this.steps,
      maps: this.maps,
      outputs: new Map(outputs),
    }
  }

  private add(node: GraphNode): void {
    const [input = '', second = ''] = node.inputs
    const output = node.outputs[0]!
    switch (node.operator) {
      case 'Sub':
        if (input === this.graph.inputs[0]) {
          this.readPixels(output, this.graph.weights.get(second)!.data[0]!)
        }
        return
      case 'Conv':
        this.convolve(node)
        return
      case 'Relu':
        return
      case 'Concat':
        this.concat(node)
        return
      case 'Transpose':
        this.cells.set(output, input)
        return
      case 'Resize':
        this.enlarged.set(output, input)
        return
      case 'Add': {
        const sum = this.relus.get(output) ?? output
        const other = this.enlarged.get(second) ?? second
        this.steps.push({ kind: 'add', input, other, output: sum, relu: sum !== output })
        this.maps.set(sum, this.maps.get(input)!)
        return
      }
      case 'MaxPool': {
        const { channels, stride } = this.maps.get(input)!
        this.steps.push({ kind: 'maxPool', input, output })
        this.maps.set(output, { channels, stride: 2 * stride })
        return
      }
      case 'Constant':
        return
      default:
        if (isScoreOperator(node.operator)) return
        throw new ModelLoadError(`The kernels have no operator ${node.operator}.`)
    }
  }

  private readPixels(output: string, mean: number): void {
    this.maps.set(output, { channels: 4, stride: 1 })
    this.steps.push({ kind: 'readPixels', input: this.graph.inputs[0]!, output, mean })
  }

  private convolve({ inputs, outputs, attributes }: GraphNode): void {
    const [from = '', weightName = '', biasName = ''] = inputs
    const isFirst = from === this.graph.inputs[0]
    const input = isFirst ? `${from} in floats` : from
    if (isFirst) this.readPixels(input, 0)
    const weight = this.graph.weights.get(weightName)!
    const [stride = 1] = attributes.get('strides') ?? []
    const [groups = 1] = attributes.get('group') ?? []
    const linear = outputs[0]!
    const output = this.relus.get(linear) ?? linear
    const bias = this.graph.weights.get(biasName)!.data
    const layer = { weight, bias, stride, relu: output !== linear }
    this.steps.push({ kind: groups > 1 ? 'depthwise' : 'convolve', input, output, layer })
    const channels = weight.dims[0]!
    this.maps.set(output, { channels, stride: this.maps.get(input)!.stride * stride })
  }

  /** The parts are written where they belong, so that nothing is copied; a score at the end. */
  private concat({ inputs, outputs }: GraphNode): void {
    const scored = scoredMap(this.producers, inputs[0]!)
    if (scored !== undefined) {
      this.score(scored, outputs[0]!)
      return
    }
    let channel = 0
    const map = outputs[0]!
    for (const input of inputs) {
      const part = this.maps.get(input)!
      this.maps.set(input, { ...part, within: { map, channel } })
      channel += part.channels
    }
    this.maps.set(map, { channels: channel, stride: this.maps.get(inputs[0]!)!.stride })
  }

  /** A map without its first channel, whose place is taken by the score of the first two. */
  private score(map: string, output: string): void {
    const { channels, stride } = this.maps.get(map)!
    this.maps.set(output, { channels: channels - 1, stride, within: { map, channel: 1 } })
    this.scored.add(output)
  }
}
