import type { Kernel } from '../wasm/kernel.ts'
import type { HeapLayout } from './heap-layout.ts'
import { paddedChannels } from './pack-panels.ts'

/** Values between two stages and their gradients: [rows, channels], channels padded to multiples of 4. */
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
  const width = paddedChannels(channels)
  const values = layout.reserve(rows * width)
  return { rows, channels, width, values, gradients: layout.reserve(rows * width) }
}
