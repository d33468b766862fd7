import type { KernelBackend } from '@retinaface/mesh-decoder'
import {
  createKernel,
  HeapLayout,
  PIECEWISE_LINEAR,
  paddedChannels,
} from '@retinaface/mesh-decoder/kernel'
import { type LinearLayer, placeLinear } from './linear-layer.ts'

/** Faces that go through the layers together, so that a weight is read once for all of them. */
const BATCH = 16

/** The layers of a dense head, ready to run. */
export interface HeadProgram {
  /** Rows of inputs, one a face, which callers write; so many faces go at once. */
  readonly inputs: readonly Float32Array[]
  /** What the layers make of the first `faces` rows. */
  run(faces: number): HeadOutputs | Promise<HeadOutputs>
  /** Frees what the collector does not. */
  release?(): Promise<void>
}

/** What the layers of a dense head give, a row a face; valid until the next run. */
export interface HeadOutputs {
  readonly outputs: readonly Float32Array[]
  /** What the mesh decoder's first layer makes of each face's latent, where it was run along. */
  readonly coarse?: readonly Float32Array[]
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
  const outputs = rows(output)
  return {
    inputs: rows(input),
    run: (faces) => {
      products.forEach((product, i) => {
        const [from, to] = [fields[i]!, fields[i + 1]!]
        product(kernel, from.address, from.width, to.address, to.width, faces)
        if (to !== output) kernel.activate(to.address, faces * to.width, PIECEWISE_LINEAR, 0)
      })
      return { outputs }
    },
  }
}
