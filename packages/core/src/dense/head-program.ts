import {
  createKernel,
  HeapLayout,
  type KernelBackend,
  PIECEWISE_LINEAR,
  paddedChannels,
} from '@retinaface/mesh-decoder'
import { type LinearLayer, placeLinear } from './linear-layer.ts'

/** Faces that go through the layers together, so that a weight is read once for all of them. */
export const BATCH = 16

/** The layers of a dense head in a kernel's memory, for up to {@link BATCH} faces at once. */
export interface HeadProgram {
  /** Each face's row of inputs. */
  readonly inputs: readonly Float32Array[]
  /** Each face's row of outputs. */
  readonly outputs: readonly Float32Array[]
  /** Computes the outputs of the first `faces`. */
  run(faces: number): void
}

/** Places layers in a kernel's memory; a ReLU follows each but the last. */
export function headProgram(layers: readonly LinearLayer[], backend?: KernelBackend): HeadProgram {
  const layout = new HeapLayout()
  const [first] = layers
  const inputCount = first!.weight.length / first!.bias.length
  const widths = [inputCount, ...layers.map(({ bias }) => bias.length)].map(paddedChannels)
  const fields = widths.map((width) => ({ width, address: layout.reserve(BATCH * width) }))
  const products = layers.map((layer, i) => placeLinear(layout, layer, widths[i]!))
  const { memory, kernel } = createKernel(layout.size, backend)
  layout.fill(memory)
  const [input, output] = [fields[0]!, fields.at(-1)!]
  const rows = ({ address, width }: typeof input) =>
    Array.from({ length: BATCH }, (_, face) => {
      return new Float32Array(memory, address + face * width * 4, width)
    })
  return {
    inputs: rows(input),
    outputs: rows(output),
    run: (faces) => {
      products.forEach((product, i) => {
        const [from, to] = [fields[i]!, fields[i + 1]!]
        product(kernel, from.address, from.width, to.address, to.width, faces)
        if (to !== output) kernel.activate(to.address, faces * to.width, PIECEWISE_LINEAR, 0)
      })
    },
  }
}
