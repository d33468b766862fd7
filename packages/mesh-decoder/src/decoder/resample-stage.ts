import type { Sampling } from '../topology/sampling.ts'
import type { HeapLayout } from './heap-layout.ts'
import { placeRows, samplingRows, transposedSamplingRows } from './sparse-rows.ts'
import { type Field, reserveField, type Stage } from './stage.ts'

/** Up-sampling on its own, where no convolution follows it. */
export function resampleStage(layout: HeapLayout, sampling: Sampling, input: Field): Stage {
  const output = reserveField(layout, sampling.index.length / 3, input.channels)
  const up = placeRows(layout, samplingRows(sampling))
  const down = placeRows(layout, transposedSamplingRows(sampling, input.rows))
  const { width } = input
  const stride = width * 4
  return {
    output,
    forward: (kernel) => {
      const { starts, indices, weights } = up
      const { values, rows } = output
      kernel.resample(
        values,
        stride,
        0,
        rows,
        width,
        starts,
        indices,
        weights,
        input.values,
        stride,
      )
    },
    backward: (kernel) => {
      const { starts, indices, weights } = down
      const { gradients, rows } = input
      const from = output.gradients
      kernel.resample(gradients, stride, 0, rows, width, starts, indices, weights, from, stride)
    },
  }
}
