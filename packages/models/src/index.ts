import { faceTopology } from './face-topology.ts'
import { mnet025 } from './mnet025.ts'
import { mnet025V1 } from './mnet025-v1.ts'
import type { AssetEntry, ModelEntry } from './model-entry.ts'

export type { AssetEntry, ModelEntry } from './model-entry.ts'
export { verifySha256 } from './verify-sha256.ts'
export { faceTopology, mnet025, mnet025V1 }

/** Every detector that ships with this package. */
export const MODELS: readonly ModelEntry[] = [mnet025, mnet025V1]

/** Every file that ships with this package. */
export const ASSETS: readonly AssetEntry[] = [...MODELS, faceTopology]
