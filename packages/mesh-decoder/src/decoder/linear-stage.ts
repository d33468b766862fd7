import type { LinearStep } from './decoder-network.ts'
import type { HeapLayout } from './heap-layout.ts'
import { packPanels, paddedColumns } from './pack-panels.ts'
import { type Field, reserveField, type Stage } from './stage.ts'

/** The dense layer from the latent (`input`, one row) to the vertices of the coarsest mesh. */
export function linearStage(layout: HeapLayout, step: LinearStep, input: Field): Stage {
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
  return {
    output,
    forward: (kernel) => {
      kernel.matmul(
        input.values,
        0,
        panels,
        biasAddress,
        output.values,
        0,
        1,
        input.channels,
        columns,
      )
    },
    backward: (kernel) => {
      const { gradients } = output
      kernel.matmul(gradients, 0, transposed, noBias, input.gradients, 0, 1, columns, input.width)
    },
  }
}
