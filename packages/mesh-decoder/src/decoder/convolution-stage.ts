import type { Sampling } from '../topology/sampling.ts'
import { type ChebyshevRecurrence, placeRecurrence } from './chebyshev-recurrence.ts'
import type { ConvolutionScratch } from './convolution-scratch.ts'
import type { ChebyshevStep } from './decoder-network.ts'
import type { HeapLayout } from './heap-layout.ts'
import { packPanels, paddedColumns } from './pack-panels.ts'
import { type Field, reserveField, type Stage } from './stage.ts'

/**
 * Up-sampling U followed by a Chebyshev convolution, y = Σ_k T_k(L̃) U x θ_k + b, as one stage.
 *
 * U and T_k(L̃) act on vertices and θ_k on channels, so they commute: z_k = x θ_k is computed on the
 * coarse mesh, where it costs a quarter, and Clenshaw's recurrence b_k = U z_k + 2 L̃ b_{k+1} −
 * b_{k+2}, y = U z_0 + L̃ b_1 − b_2, runs on the output channels alone. The bias is added to z_0,
 * as the rows of U sum to 1. Without up-sampling, an input of fewer channels than the output has
 * goes through the recurrence itself, and then through all θ_k at once.
 */
export function convolutionStage(
  layout: HeapLayout,
  step: ChebyshevStep,
  sampling: Sampling | undefined,
  input: Field,
  scratch: ConvolutionScratch,
): Stage {
  const output = reserveField(layout, step.laplacian.diagonal.length, step.outputs)
  const recurrence = placeRecurrence(layout, step, sampling, input, output, scratch)
  const forward =
    sampling === undefined && input.width < output.width
      ? expandFirst(layout, step, input, output, scratch, recurrence)
      : gatherLast(layout, step, input, output, recurrence)
  const columns = step.order * output.width
  const transposed = layout.place(
    packPanels(columns, step.inputs, (column, inner) => {
      return weightAt(step, Math.floor(column / output.width), inner, column % output.width)
    }),
  )
  const noBias = layout.reserve(paddedColumns(input.width))
  return {
    output,
    forward,
    backward: (kernel) => {
      recurrence.scatter(kernel)
      kernel.matmul(
        scratch.products,
        columns * 4,
        transposed,
        noBias,
        input.gradients,
        input.width * 4,
        input.rows,
        columns,
        input.width,
      )
    },
  }
}

function gatherLast(
  layout: HeapLayout,
  step: ChebyshevStep,
  input: Field,
  { width }: Field,
  recurrence: ChebyshevRecurrence,
): Stage['forward'] {
  const columns = step.order * width
  const panels = layout.place(
    packPanels(step.inputs, columns, (inner, column) => {
      return weightAt(step, Math.floor(column / width), inner, column % width)
    }),
  )
  const bias = placeBias(layout, step, columns)
  return (kernel) => {
    kernel.matmul(
      input.values,
      input.width * 4,
      panels,
      bias,
      recurrence.products,
      columns * 4,
      input.rows,
      step.inputs,
      columns,
    )
    recurrence.gather(kernel)
  }
}

function expandFirst(
  layout: HeapLayout,
  step: ChebyshevStep,
  { width }: Field,
  output: Field,
  scratch: ConvolutionScratch,
  recurrence: ChebyshevRecurrence,
): Stage['forward'] {
  const inner = step.order * width
  const panels = layout.place(
    packPanels(inner, step.outputs, (row, channel) => {
      return weightAt(step, Math.floor(row / width), row % width, channel)
    }),
  )
  const bias = placeBias(layout, step, output.width)
  return (kernel) => {
    recurrence.expand(kernel)
    kernel.matmul(
      scratch.products,
      inner * 4,
      panels,
      bias,
      output.values,
      output.width * 4,
      output.rows,
      inner,
      output.width,
    )
  }
}

/** θ_k at an input and an output channel, zero in the padding. */
function weightAt(
  { inputs, outputs, weight }: ChebyshevStep,
  k: number,
  input: number,
  output: number,
): number {
  return input < inputs && output < outputs ? weight[(k * inputs + input) * outputs + output]! : 0
}

function placeBias(layout: HeapLayout, { bias }: ChebyshevStep, columns: number): number {
  const padded = new Float32Array(paddedColumns(columns))
  padded.set(bias)
  return layout.place(padded)
}
