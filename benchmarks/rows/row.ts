import type { ColdResult } from '../measure/measure-cold.ts'
import type { FolderResult } from '../measure/measure-folder.ts'
import type { PeakResult } from '../measure/measure-peak.ts'
import type { StagesResult } from '../measure/measure-stages.ts'
import type { Absence, WarmResult } from '../measure/measure-warm.ts'
import type { PictureSets } from '../pictures/picture-sets.ts'
import type { Origin } from '../protocol/start-contender.ts'

/** What every row is given. */
export interface RowContext {
  readonly pictures: PictureSets
  /** An empty folder for pictures of the row's own. */
  readonly folder: string
  readonly origin: Origin
  /** When given, the number of rounds of every row. */
  readonly rounds: number | undefined
  /** Few rounds, few pictures. */
  readonly quick: boolean
}

/** One comparison. */
export interface Row {
  readonly id: string
  readonly title: string
  /** What is done, in a sentence or two. */
  readonly how: string
  readonly run: (context: RowContext) => Promise<Outcome>
}

/** What a row found. */
export type Outcome =
  | {
      readonly kind: 'warm'
      readonly results: readonly WarmResult[]
      readonly absent: readonly Absence[]
    }
  | {
      readonly kind: 'cold'
      readonly results: readonly ColdResult[]
      readonly absent: readonly Absence[]
    }
  | {
      readonly kind: 'folder'
      readonly results: readonly FolderResult[]
      readonly absent: readonly Absence[]
    }
  | { readonly kind: 'stages'; readonly result: StagesResult }
  | { readonly kind: 'peak'; readonly results: readonly PeakResult[] }

/** How often a row measures. */
export function roundsOf({ rounds, quick }: RowContext, usual: number): number {
  return rounds ?? (quick ? 3 : usual)
}
