import type { AlignmentTemplate } from '@retinaface/core'
import type { SampleScaling } from '@retinaface/core/platform'

/** How rarely two different people pass for one, and from which similarity on that is so. */
export interface FalseAcceptance {
  /** Share of pairs of different people that pass, 0..1. */
  readonly rate: number
  /** What {@link similarity} gives: this and more passes. */
  readonly similarity: number
}

/** A network that describes aligned faces by vectors, as data: what it takes and what it gives. */
export interface EmbedderConfiguration extends SampleScaling {
  readonly name: string
  /** Where the five landmarks lie in the network's input, and its size in pixels. */
  readonly template: AlignmentTemplate
  /** Numbers of a vector. */
  readonly dimensions: number
  /** Whether vectors are scaled to length 1, as for networks that are compared by the cosine. */
  readonly normalised: boolean
  /** Measured thresholds, the loosest first; none where nobody has measured. */
  readonly falseAcceptance: readonly FalseAcceptance[]
}
