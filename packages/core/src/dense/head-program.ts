import {
  createKernel,
  HeapLayout,
  type KernelBackend,
  PIECEWISE_LINEAR,
  paddedChannels,
} from '@retinaface/mesh-decoder'
import type { FaceFrame } from './face-frame.ts'
import type { FeatureMap } from './feature-map.ts'
import { placeGrid } from './grid-reader.ts'
import type { HeadArchitecture } from './head-architecture.ts'
import type { HeadLayers } from './head-layers.ts'
import { inputColumns } from './input-columns.ts'
import { placeLinear } from './linear-layer.ts'

/** Faces that go through the layers together, so that a weight is read once for all of them. */
export const BATCH = 16

/** A dense head in a kernel's memory, for up to {@link BATCH} faces at once. */
export interface HeadProgram {
  /** Channels that the map of each grid must have. */
  readonly channels: readonly number[]
  /** A face's row of inputs: geometry and own features first; what grids give follows. */
  input(face: number): Float32Array
  /** Reads the map of a grid for a face. */
  readGrid(grid: number, map: FeatureMap, frame: FaceFrame, face: number): void
  /** Computes the outputs of the first `faces`. */
  run(faces: number): void
  /** A face's row of outputs. */
  output(face: number): Float32Array
}

/** Places a dense head in a kernel's memory. */
export function headProgram(
  { inputs }: HeadArchitecture,
  { reductions, layers }: HeadLayers,
  backend?: KernelBackend,
): HeadProgram {
  const layout = new HeapLayout()
  const grids = inputs.grids.map((grid, i) =>
    placeGrid(layout, grid, inputs.extent, reductions[i]!),
  )
  const columns = inputColumns(layers[0]!.weight.length / layers[0]!.bias.length, inputs.grids)
  const widths = [columns.width, ...layers.map(({ bias }) => paddedChannels(bias.length))]
  const fields = widths.map((width) => ({ width, address: layout.reserve(BATCH * width) }))
  const products = layers.map((layer, i) =>
    placeLinear(layout, layer, widths[i]!, i === 0 ? columns.of : undefined),
  )
  const instance = createKernel(layout.size, backend)
  const { memory, kernel } = instance
  layout.fill(memory)
  const readers = grids.map((grid) => grid.bind(instance))
  const [input, output] = [fields[0]!, fields.at(-1)!]
  const row = (field: typeof input, face: number) =>
    new Float32Array(memory, field.address + face * field.width * 4, field.width)
  return {
    channels: grids.map(({ channels }) => channels),
    input: (face) => row(input, face),
    readGrid: (grid, map, frame, face) => {
      const to = input.address + (face * input.width + columns.firstOf[grid]!) * 4
      readers[grid]!(map, frame, to)
    },
    run: (faces) => {
      products.forEach((product, i) => {
        const [from, to] = [fields[i]!, fields[i + 1]!]
        product(kernel, from.address, from.width, to.address, to.width, faces)
        if (to !== output) kernel.activate(to.address, faces * to.width, PIECEWISE_LINEAR, 0)
      })
    },
    output: (face) => row(output, face),
  }
}
