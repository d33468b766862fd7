import { ModelLoadError } from '@retinaface/core'
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
  /** A map plus one of half its size. */
  | {
      readonly kind: 'addEnlarged'
      readonly input: string
      readonly small: string
      readonly output: string
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

  constructor(graph: Graph) {
    this.graph = graph
    const relus = graph.nodes.filter(({ operator }) => operator === 'Relu')
    this.relus = new Map(relus.map(({ inputs, outputs }) => [inputs[0]!, outputs[0]!]))
  }

  build(): KernelProgram {
    for (const node of this.graph.nodes) this.add(node)
    const outputs = this.graph.outputs.map((name): [string, KernelOutput] => {
      const map = this.cells.get(name)
      return [name, map ? { map, layout: 'cells' } : { map: name, layout: 'planes' }]
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
      case 'Sub': {
        const mean = this.graph.weights.get(second)!.data[0]!
        this.maps.set(output, { channels: 4, stride: 1 })
        this.steps.push({ kind: 'readPixels', input, output, mean })
        return
      }
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
      case 'Add':
        this.steps.push({ kind: 'addEnlarged', input, small: this.enlarged.get(second)!, output })
        this.maps.set(output, this.maps.get(input)!)
        return
      default:
        throw new ModelLoadError(`The kernels have no operator ${node.operator}.`)
    }
  }

  private convolve({ inputs, outputs, attributes }: GraphNode): void {
    const [input = '', weightName = '', biasName = ''] = inputs
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

  /** The parts are written where they belong, so that nothing is copied. */
  private concat({ inputs, outputs }: GraphNode): void {
    let channel = 0
    const map = outputs[0]!
    for (const input of inputs) {
      const part = this.maps.get(input)!
      this.maps.set(input, { ...part, within: { map, channel } })
      channel += part.channels
    }
    this.maps.set(map, { channels: channel, stride: this.maps.get(inputs[0]!)!.stride })
  }
}
