import type { Sampling } from '../topology/sampling.ts'
import { placeRecurrence } from './chebyshev-recurrence.ts'
import type { ChebyshevStep } from './decoder-network.ts'
import type { HeapLayout } from './heap-layout.ts'
import { packPanels, paddedChannels, paddedColumns } from './pack-panels.ts'
import { type Field, reserveField, type Stage } from './stage.ts'

/** Memory that all convolutions of a decoder share, large enough for each. */
export interface ConvolutionScratch {
  /** [input rows, order × output width] for the products z_k. */
  readonly products: number
  /** [output rows, output width] for every other step of the recurrence. */
  readonly recurrence: number
}

/** Floats that a convolution needs of each part of the scratch memory. */
export function scratchSizes(step: ChebyshevStep, inputRows: number): ConvolutionScratch {
  const width = paddedChannels(step.outputs)
  return {
    products: inputRows * step.order * width,
    recurrence: step.laplacian.diagonal.length * width,
  }
}

/**
 * Up-sampling U followed by a Chebyshev convolution, y = Σ_k T_k(L̃) U x θ_k + b, as one stage.
 *
 * U and T_k(L̃) act on vertices and θ_k on channels, so they commute: z_k = x θ_k is computed on the
 * coarse mesh, where it costs a quarter, and Clenshaw's recurrence b_k = U z_k + 2 L̃ b_{k+1} −
 * b_{k+2}, y = U z_0 + L̃ b_1 − b_2, runs on the output channels alone. The bias is added to z_0,
 * as the rows of U sum to 1.
 */
export function convolutionStage(
  layout: HeapLayout,
  step: ChebyshevStep,
  sampling: Sampling | undefined,
  input: Field,
  scratch: ConvolutionScratch,
): Stage {
  const output = reserveField(layout, step.laplacian.diagonal.length, step.outputs)
  const product = placeProduct(layout, step, input, output.width)
  const recurrence = placeRecurrence(layout, step, sampling, input, output)
  const columns = step.order * output.width
  return {
    output,
    forward: (kernel) => {
      const { panels, bias } = product
      kernel.matmul(
        input.values,
        input.width * 4,
        panels,
        bias,
        scratch.products,
        columns * 4,
        input.rows,
        step.inputs,
        columns,
      )
      recurrence.gather(kernel, scratch)
    },
    backward: (kernel) => {
      recurrence.scatter(kernel, scratch)
      const { transposed, noBias } = product
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

function placeProduct(
  layout: HeapLayout,
  { order, inputs, outputs, weight, bias }: ChebyshevStep,
  input: Field,
  width: number,
): { panels: number; transposed: number; bias: number; noBias: number } {
  const columns = order * width
  const entry = (inner: number, column: number) => {
    const channel = column % width
    const k = (column - channel) / width
    return channel < outputs ? weight[(k * inputs + inner) * outputs + channel]! : 0
  }
  const biases = new Float32Array(paddedColumns(columns))
  biases.set(bias)
  return {
    panels: layout.place(packPanels(inputs, columns, entry)),
    transposed: layout.place(packPanels(columns, inputs, (column, inner) => entry(inner, column))),
    bias: layout.place(biases),
    noBias: layout.reserve(paddedColumns(input.width)),
  }
}
