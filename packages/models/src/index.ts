import { faceTopology } from './face-topology.ts'
import { meshDecoder, mnet025DenseHead } from './mesh-branch.ts'
import { mnet025 } from './mnet025.ts'
import { mnet025V1 } from './mnet025-v1.ts'
import type { AssetEntry, ModelEntry } from './model-entry.ts'

export type { AssetEntry, MeshBranchEntry, ModelEntry } from './model-entry.ts'
export { verifySha256 } from './verify-sha256.ts'
export { faceTopology, meshDecoder, mnet025, mnet025DenseHead, mnet025V1 }

/** Every detector that ships with this package. */
export const MODELS: readonly ModelEntry[] = [mnet025, mnet025V1]

/** Every file that ships with this package. */
export const ASSETS: readonly AssetEntry[] = [
  ...MODELS,
  faceTopology,
  meshDecoder,
  mnet025DenseHead,
]
