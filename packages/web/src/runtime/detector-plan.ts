import type { ModelSource } from '../model/load-file.ts'
import type { ExecutionProvider } from './execution-provider.ts'

/** What a detector is made from, as plain data. */
export interface DetectorPlan {
  readonly model: ModelSource
  readonly provider: ExecutionProvider
  /** What runs the network where the browser lacks `provider`. */
  readonly fallback: ExecutionProvider
  readonly threads: number
  readonly pixelLimit: number
}
