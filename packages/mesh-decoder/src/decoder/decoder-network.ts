import type { Activation } from '../graph/activation.ts'
import type { ScaledLaplacian } from '../graph/scaled-laplacian.ts'
import type { Sampling } from '../topology/sampling.ts'

/** W x + b from the latent to the coarsest mesh. */
export interface LinearStep {
  readonly type: 'linear'
  readonly inputs: number
  readonly vertices: number
  readonly channels: number
  /** [vertices × channels, inputs]. */
  readonly weight: Float32Array
  /** [vertices × channels]. */
  readonly bias: Float32Array
}

/** Mesh up-sampling to the next level. */
export interface UpsampleStep {
  readonly type: 'upsample'
  readonly sampling: Sampling
  /** Vertices before the up-sampling. */
  readonly coarseCount: number
  readonly channels: number
}

/** A Chebyshev graph convolution. */
export interface ChebyshevStep {
  readonly type: 'chebyshev'
  readonly laplacian: ScaledLaplacian
  readonly order: number
  readonly inputs: number
  readonly outputs: number
  /** [order, inputs, outputs]. */
  readonly weight: Float32Array
  /** [outputs]. */
  readonly bias: Float32Array
}

/** A function of each value alone. */
export interface ActivationStep {
  readonly type: 'activation'
  readonly activation: Activation
}

export type DecoderStep = LinearStep | UpsampleStep | ChebyshevStep | ActivationStep

/** A decoder with everything resolved and checked: weights, graphs and sampling matrices. */
export interface DecoderNetwork {
  readonly latentSize: number
  readonly vertexCount: number
  readonly steps: readonly [LinearStep, ...DecoderStep[]]
  /** [vertices, 6] added to the scaled output of the last step. */
  readonly mean: Float32Array
  /** [vertices, 6] factors of the output of the last step. */
  readonly scale: Float32Array
}
