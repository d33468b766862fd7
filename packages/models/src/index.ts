import { mnet025 } from './mnet025.ts'
import { mnet025V1 } from './mnet025-v1.ts'
import type { ModelEntry } from './model-entry.ts'

export type { ModelEntry } from './model-entry.ts'
export { verifySha256 } from './verify-sha256.ts'
export { mnet025, mnet025V1 }

/** Every detector that ships with this package. */
export const MODELS: readonly ModelEntry[] = [mnet025, mnet025V1]
