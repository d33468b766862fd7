import { mnet025 } from './mnet025.ts'
import { mnet025Lean } from './mnet025-lean.ts'
import { mnet025DenseHead, mnet025LeanDenseHead } from './mnet025-mesh-branches.ts'
import { mnet025V1 } from './mnet025-v1.ts'
import { mnet025Int8, mnet025Slim } from './mnet025-variants.ts'
import type { AssetEntry, ModelEntry } from './model-entry.ts'
import { retinaface500m } from './retinaface-500m.ts'

export {
  mnet025,
  mnet025DenseHead,
  mnet025Int8,
  mnet025Lean,
  mnet025LeanDenseHead,
  mnet025Slim,
  mnet025V1,
}

/** Detectors with InsightFace's weights, whose makers allow non-commercial research only. */
export const RESEARCH_MODELS: readonly ModelEntry[] = [mnet025, mnet025V1, mnet025Lean]

/** Every detector of this package, the default first. */
export const ALL_MODELS: readonly ModelEntry[] = [retinaface500m, ...RESEARCH_MODELS]

/** Every file of the detectors for research. */
export const RESEARCH_ASSETS: readonly AssetEntry[] = [
  ...RESEARCH_MODELS,
  mnet025Slim,
  mnet025Int8,
  mnet025DenseHead,
  mnet025LeanDenseHead,
]
