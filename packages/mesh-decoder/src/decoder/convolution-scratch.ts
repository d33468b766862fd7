import type { ChebyshevStep } from './decoder-network.ts'
import { paddedChannels } from './pack-panels.ts'

/** Memory that all convolutions of a decoder share, large enough for each. */
export interface ConvolutionScratch {
  /** [input rows, order × output width] for the products z_k. */
  readonly products: number
  /** [output rows, order × output width] for U z_k. */
  readonly upsampled: number
  /** [output rows, output width] for every other step of the recurrence. */
  readonly recurrence: number
}

/** Floats that a convolution needs of each part of the scratch memory. */
export function scratchSizes(step: ChebyshevStep, inputRows: number): ConvolutionScratch {
  const width = paddedChannels(step.outputs)
  const outputRows = step.laplacian.diagonal.length
  return {
    products: inputRows * step.order * width,
    upsampled: outputRows * step.order * width,
    recurrence: outputRows * width,
  }
}
