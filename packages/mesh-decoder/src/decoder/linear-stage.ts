import type { Kernel } from '../wasm/kernel.ts'
import type { LinearStep } from './decoder-network.ts'
import type { HeapLayout } from './heap-layout.ts'
import type { LatentLayer } from './mesh-decoder.ts'
import { packPanels, paddedColumns } from './pack-panels.ts'
import { type Field, reserveField, type Stage } from './stage.ts'

/** Rows of a batch: a matrix product's block of rows, twice. */
export const BATCH = 8

/** A stage that also takes several inputs at once, so that its weights are read once for all. */
export interface LinearStage extends Stage {
  /** The layer, with rows for the padding of its output. */
  layer(): LatentLayer
  /** Address of a batch's inputs, [{@link BATCH}, input channels]. */
  readonly inputs: number
  /** Address of a batch's outputs, [{@link BATCH}, output rows × width]. */
  readonly outputs: number
  /** Outputs of the first `count` inputs of a batch. */
  forwardBatch(kernel: Kernel, count: number): void
}

/** The dense layer from the latent (`input`, one row) to the vertices of the coarsest mesh. */
export function linearStage(layout: HeapLayout, step: LinearStep, input: Field): LinearStage {
  const { vertices, channels, weight, bias } = step
  const output = reserveField(layout, vertices, channels)
  const columns = vertices * output.width
  // Padding channels get zero rows of W and so stay zero.
  const at = (column: number, inner: number) => {
    const channel = column % output.width
    const row = Math.floor(column / output.width) * channels + channel
    return channel < channels ? weight[row * input.channels + inner]! : 0
  }
  const panels = layout.place(
    packPanels(input.channels, columns, (inner, column) => at(column, inner)),
  )
  const transposed = layout.place(packPanels(columns, input.channels, at))
  const biases = new Float32Array(paddedColumns(columns))
  bias.forEach((value, row) => {
    biases[Math.floor(row / channels) * output.width + (row % channels)] = value
  })
  const biasAddress = layout.place(biases)
  const noBias = layout.reserve(paddedColumns(input.width))
  const inputs = layout.reserve(BATCH * input.channels)
  const outputs = layout.reserve(BATCH * columns)
  const multiply = (kernel: Kernel, from: number, to: number, rows: number) => {
    const [inner, bytes] = [input.channels, columns * 4]
    kernel.matmul(from, inner * 4, panels, biasAddress, to, bytes, rows, inner, columns)
  }
  return {
    layer: () => {
      const unpacked = new Float32Array(columns * input.channels)
      for (let i = 0, column = 0; column < columns; column++) {
        for (let inner = 0; inner < input.channels; inner++) unpacked[i++] = at(column, inner)
      }
      return { weight: unpacked, bias: biases.subarray(0, columns) }
    },
    output,
    inputs,
    outputs,
    forward: (kernel) => multiply(kernel, input.values, output.values, 1),
    forwardBatch: (kernel, count) => multiply(kernel, inputs, outputs, count),
    backward: (kernel) => {
      const { gradients } = output
      kernel.matmul(gradients, 0, transposed, noBias, input.gradients, 0, 1, columns, input.width)
    },
  }
}
