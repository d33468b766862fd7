import type { NetworkParts } from '@retinaface/core'
import type { ActiveProvider } from './execution-provider.ts'

/** The network of a detector, and what runs it. */
export interface OpenNetwork {
  readonly parts: NetworkParts
  readonly provider: ActiveProvider
}
