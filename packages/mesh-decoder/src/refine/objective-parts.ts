import type { AnchorCrop } from './anchor-crop.ts'
import type { FaceChain } from './face-chain.ts'
import type { LandmarkRows } from './landmark-rows.ts'
import type { Prior } from './refine-prior.ts'

/** What an objective is made of. */
export interface ObjectiveParts {
  /** The face where the objective is linearised. */
  readonly chain: FaceChain
  /** The face wherever else the objective is asked for. */
  readonly probe: FaceChain
  readonly crop: AnchorCrop
  readonly prior: Prior
  readonly priorWeight: number
  readonly landmarks: LandmarkRows | undefined
}
