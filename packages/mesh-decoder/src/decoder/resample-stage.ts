import type { Sampling } from '../topology/sampling.ts'
import type { HeapLayout } from './heap-layout.ts'
import { dense } from './rows.ts'
import { placeSparse, samplingRows, transposedSamplingRows } from './sparse-rows.ts'
import { type Field, reserveField, type Stage } from './stage.ts'

/** Up-sampling on its own, where no convolution follows it. */
export function resampleStage(layout: HeapLayout, sampling: Sampling, input: Field): Stage {
  const output = reserveField(layout, sampling.index.length / 3, input.channels)
  const up = placeSparse(layout, samplingRows(sampling))
  const down = placeSparse(layout, transposedSamplingRows(sampling, input.rows))
  const { width } = input
  return {
    output,
    forward: (kernel) => up(kernel, dense(output.values, width), dense(input.values, width), width),
    backward: (kernel) => {
      down(kernel, dense(input.gradients, width), dense(output.gradients, width), width)
    },
  }
}
