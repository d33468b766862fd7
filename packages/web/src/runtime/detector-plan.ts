import type { ModelSource } from '../model/load-file.ts'
import type { ExecutionProvider } from './execution-provider.ts'

/** What a detector is made from, as plain data. */
export interface DetectorPlan {
  readonly model: ModelSource
  /** In the order of preference. */
  readonly provider: readonly ExecutionProvider[]
  readonly threads: number
  /** Addresses of face stages by name. */
  readonly stages: Readonly<Record<string, string>>
  readonly pixelLimit: number
}
