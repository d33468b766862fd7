import type { NetworkSession } from '@retinaface/core/platform'
import type { KernelChunk } from './chunk.ts'
import { faceScore } from './face-score.ts'
import type { LayerAddress } from './kernel-calls.ts'
import type { KernelProgram } from './kernel-steps.ts'
import { type MapLayout, pixelFloats } from './map-layout.ts'
import { packLayer } from './pack-weights.ts'
import { type CallPlan, planCalls } from './plan-calls.ts'

type RunOutputs = Awaited<ReturnType<NetworkSession['run']>>

const pageBytes = 65_536
// Zeros at the beginning of the memory, which the kernels read.
const reservedBytes = 64

/** What makes the calls of a run, on one thread or several. */
interface KernelCaller {
  /** Where weights and maps lie. */
  readonly memory: WebAssembly.Memory
  /** Threads that share the work. */
  readonly count: number
  /** Returns when all chunks are done. */
  run(chunks: readonly KernelChunk[]): void
  end(): void
}

/** A network that our own kernels run on RGBA pixels, on the thread that calls them and its helpers. */
export class KernelSession implements NetworkSession {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  private readonly program: KernelProgram
  private readonly threads: KernelCaller
  private readonly layers = new Map<string, LayerAddress>()
  /** Where the weights end and maps may begin. */
  private readonly first: number
  private plan: { readonly key: string; readonly calls: CallPlan } | undefined

  constructor(program: KernelProgram, threads: KernelCaller) {
    this.program = program
    this.threads = threads
    this.inputNames = [program.input]
    this.outputNames = [...program.outputs.keys()]
    this.first = this.placeWeights()
  }

  async run(...[feeds, outputs]: Parameters<NetworkSession['run']>): Promise<RunOutputs> {
    const { data, dims } = feeds[this.program.input]!
    const [, height = 0, width = 0] = dims
    const plan = this.planFor(width, height, outputs)
    new Uint8Array(this.threads.memory.buffer).set(data as Uint8Array, plan.input)
    this.threads.run(plan.chunks)
    return Object.fromEntries(
      [...plan.outputs].map(([name, layout]) => [name, this.readOutput(name, layout)]),
    )
  }

  async release(): Promise<void> {
    this.plan = undefined
    this.threads.end()
  }

  private planFor(width: number, height: number, outputs: readonly string[]): CallPlan {
    const key = [width, height, ...outputs].join()
    if (this.plan?.key !== key) {
      const { program, layers, first, threads } = this
      const place = { layers, first, threads: threads.count }
      const calls = planCalls(program, place, [width, height], outputs)
      this.reserve(calls.bytes)
      this.plan = { key, calls }
    }
    return this.plan.calls
  }

  private placeWeights(): number {
    let end = reservedBytes
    const { steps, maps } = this.program
    const packed = steps.flatMap((step) => {
      if (!('layer' in step)) return []
      const map = maps.get(step.input)!
      const isPoint = step.layer.weight.dims[2] === 1
      return [[step.output, packLayer(step, isPoint ? map.channels : pixelFloats(map))] as const]
    })
    const take = ({ length }: Float32Array) => {
      end += 4 * length
      return end - 4 * length
    }
    for (const [output, { weights, biases, transformed }] of packed) {
      this.layers.set(output, {
        weights: take(weights),
        biases: take(biases),
        ...(transformed ? { transformed: take(transformed) } : {}),
      })
    }
    this.reserve(end)
    const floats = this.floats()
    for (const [output, { weights, biases, transformed }] of packed) {
      const address = this.layers.get(output)!
      floats.set(weights, address.weights / 4)
      floats.set(biases, address.biases / 4)
      if (transformed) floats.set(transformed, address.transformed! / 4)
    }
    return end
  }

  private readOutput(name: string, layout: MapLayout): RunOutputs[string] {
    const { map, layout: order, isScored } = this.program.outputs.get(name)!
    const { channels } = this.program.maps.get(map)!
    const { rows, columns } = layout
    const isCells = order === 'cells'
    const dims = isCells ? [1, rows, columns, channels] : [1, channels, rows, columns]
    const [pixelStep, channelStep] = isCells ? [channels, 1] : [1, rows * columns]
    const data = new Float32Array(channels * rows * columns)
    const floats = this.floats()
    for (let row = 0; row < rows; row++) {
      let from = (layout.start + row * layout.row) / 4
      let to = row * columns * pixelStep
      for (let column = 0; column < columns; column++, from += layout.pixel / 4, to += pixelStep) {
        for (let i = 0; i < channels; i++) data[to + i * channelStep] = floats[from + i]!
        if (isScored) data[to] = faceScore(floats[from - 1]!, floats[from]!)
      }
    }
    return { type: 'float32', data, dims }
  }

  /** Memory that grew has a new buffer, so this is asked for each time. */
  private floats(): Float32Array {
    return new Float32Array(this.threads.memory.buffer)
  }

  private reserve(bytes: number): void {
    const { memory } = this.threads
    const missing = Math.ceil((bytes - memory.buffer.byteLength) / pageBytes)
    if (missing > 0) memory.grow(missing)
  }
}
