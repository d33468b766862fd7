import { type KernelBackend, type TensorFile, takeFloats } from '@retinaface/mesh-decoder'
import {
  createKernel,
  HeapLayout,
  type Kernel,
  PIECEWISE_LINEAR,
  paddedChannels,
} from '@retinaface/mesh-decoder/kernel'
import {
  type CellShape,
  type ConvolutionStep,
  type PlacedConvolution,
  placeConvolution,
} from './convolution-layer.ts'
import { type LinearLayer, type LinearProduct, placeLinear } from './linear-layer.ts'

/** A small convolutional network on a patch of the picture: convolutions, one hidden layer, outputs. */
export class PatchTower {
  /** The patch, row by row, red, green and blue of a sample together; callers write it. */
  readonly input: Float32Array
  /** The hidden layer; valid until the next run, as the output. */
  readonly features: Float32Array
  /** What the layers make of the patch. */
  readonly output: Float32Array
  private readonly memory: ArrayBuffer
  private readonly kernel: Kernel
  private readonly convolutions: readonly PlacedConvolution[]
  private readonly layers: (kernel: Kernel) => void

  /** @throws {WeightFileError} if a tensor is missing or of another shape. */
  constructor(
    file: TensorFile,
    name: string,
    steps: readonly ConvolutionStep[],
    patch: Omit<CellShape, 'channels'>,
    backend: KernelBackend | undefined,
  ) {
    const layout = new HeapLayout()
    let shape: CellShape = { ...patch, channels: 3 }
    const size = shape.rows * shape.columns * 3
    const inputAddress = layout.reserve(size)
    let address = inputAddress
    this.convolutions = steps.map((step, i) => {
      const count = step.side * step.side * shape.channels
      const layer = readLayer(file, `${name}.${i}`, count)
      const placed = placeConvolution(layout, layer, step, shape, address)
      ;({ shape, address } = placed)
      return placed
    })
    const features = shape.rows * shape.columns * shape.channels
    const hidden = readLayer(file, `${name}.hidden`, features)
    const out = readLayer(file, `${name}.out`, hidden.bias.length)
    const [first, second] = [
      placeRow(layout, hidden, features),
      placeRow(layout, out, hidden.bias.length),
    ]
    this.layers = (kernel) => {
      first.run(kernel, address)
      kernel.activate(first.address, first.width, PIECEWISE_LINEAR, 0)
      second.run(kernel, first.address)
    }
    const { memory, kernel } = createKernel(layout.size, backend)
    layout.fill(memory)
    this.memory = memory
    this.kernel = kernel
    this.input = new Float32Array(memory, inputAddress, size)
    this.features = new Float32Array(memory, first.address, hidden.bias.length)
    this.output = new Float32Array(memory, second.address, out.bias.length)
  }

  run(): void {
    for (const convolution of this.convolutions) convolution.run(this.kernel, this.memory)
    this.layers(this.kernel)
  }
}

/** A fully connected layer of one row in memory. */
function placeRow(
  layout: HeapLayout,
  layer: LinearLayer,
  inputs: number,
): { address: number; width: number; run(kernel: Kernel, from: number): void } {
  const [from, width] = [paddedChannels(inputs), paddedChannels(layer.bias.length)]
  const address = layout.reserve(width)
  const product: LinearProduct = placeLinear(layout, layer, from)
  return { address, width, run: (kernel, at) => product(kernel, at, from, address, width, 1) }
}

function readLayer(file: TensorFile, name: string, inputs: number): LinearLayer {
  return {
    weight: takeFloats(file, `${name}.weight`, ['outputs', inputs]),
    bias: takeFloats(file, `${name}.bias`, ['outputs']),
  }
}
