import type { Activation } from '../graph/activation.ts'
import { LEAKY_SLOPE } from '../graph/activation.ts'
import type { HeapLayout } from './heap-layout.ts'
import { ELU, type Kernel, PIECEWISE_LINEAR } from './kernel.ts'
import { padded } from './pack-panels.ts'

/** Values between two stages and their gradients: [rows, channels], channels padded to 8. */
export interface Field {
  readonly rows: number
  readonly channels: number
  /** Channels with their padding. */
  readonly width: number
  /** Address of the values. */
  readonly values: number
  /** Address of the gradients. */
  readonly gradients: number
}

/** A step of the fast decoder: reads one field, writes the next, and back. */
export interface Stage {
  readonly output: Field
  /** Output values from input values. */
  forward(kernel: Kernel): void
  /** Input gradients from output gradients, which are overwritten. */
  backward(kernel: Kernel): void
}

export function reserveField(layout: HeapLayout, rows: number, channels: number): Field {
  const width = padded(channels)
  const values = layout.reserve(rows * width)
  return { rows, channels, width, values, gradients: layout.reserve(rows * width) }
}

const SLOPES: Readonly<Record<Activation, number>> = {
  none: 1,
  relu: 0,
  leaky_relu: LEAKY_SLOPE,
  elu: 1,
}

/** Activate a field's values in place. */
export function activateField(kernel: Kernel, activation: Activation, field: Field): void {
  if (activation === 'none') return
  const kind = activation === 'elu' ? ELU : PIECEWISE_LINEAR
  kernel.activate(field.values, field.rows * field.width, kind, SLOPES[activation])
}

/** Take a field's gradients back through its activation, in place. */
export function deactivateGradients(kernel: Kernel, activation: Activation, field: Field): void {
  if (activation === 'none') return
  const kind = activation === 'elu' ? ELU : PIECEWISE_LINEAR
  const count = field.rows * field.width
  kernel.activationGradient(field.gradients, field.values, count, kind, SLOPES[activation])
}
