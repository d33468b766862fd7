import type { Activation } from '../graph/activation.ts'
import { ELU, PIECEWISE_LINEAR } from '../wasm/kernel.ts'
import type { Field, Stage } from './stage.ts'

/** An activation in place: its input and output are the same field. */
export function activationStage({ below, slope }: Activation, field: Field): Stage {
  const kind = below === 'elu' ? ELU : PIECEWISE_LINEAR
  const count = field.rows * field.width
  return {
    output: field,
    forward: (kernel) => kernel.activate(field.values, count, kind, slope),
    backward: (kernel) => {
      kernel.activationGradient(field.gradients, field.values, count, kind, slope)
    },
  }
}
