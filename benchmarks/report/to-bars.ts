import type { Outcome } from '../rows/row.ts'
import type { Spread } from '../support/interleave.ts'
import { digits, faces, percentages } from './format-values.ts'

/** One line of a chart. */
export interface Bar {
  readonly label: string
  readonly value: Spread
  /** Stands behind the bar. */
  readonly text: string
  /** What is measured, in contrast to what it is compared with. */
  readonly ours: boolean
}

/** What a chart shows. */
export interface Bars {
  /** Below the axis. */
  readonly unit: string
  readonly bars: readonly Bar[]
}

/** The chart of what a row found; `undefined` where a table says it better. */
export function toBars(outcome: Outcome): Bars | undefined {
  switch (outcome.kind) {
    case 'warm':
      return {
        unit: `time, as a multiple of ${reference(outcome.results)}’s (logarithmic)`,
        bars: outcome.results.map(({ name, wallRatio, faces: found }) => ({
          label: name,
          value: wallRatio,
          text: `${digits(wallRatio[1])} · ${Object.values(found).map(faces).join(', ')}`,
          ours: isOurs(name),
        })),
      }
    case 'cold':
      return {
        unit: 'time to the first faces, as a multiple of the straightforward pipeline’s (logarithmic)',
        bars: outcome.results.map(({ name, totalRatio, total }) => ({
          label: name,
          value: totalRatio,
          text: `${digits(totalRatio[1])} · ${digits(total[1])} ms`,
          ours: isOurs(name),
        })),
      }
    case 'folder':
      return {
        unit: 'pictures a second, as a multiple of the straightforward pipeline’s on one core (logarithmic)',
        bars: outcome.results.map(({ name, cores, ratio, perSecond }) => ({
          label: `${name}, ${cores === 1 ? 'one core' : 'two cores'}`,
          value: ratio,
          text: `${digits(ratio[1])} · ${digits(perSecond[1])} a second`,
          ours: isOurs(name),
        })),
      }
    case 'peak':
      return {
        unit: 'speed, as a share of the fastest matrix product’s (logarithmic)',
        bars: outcome.results.map(({ name, share, speed }) => ({
          label: name,
          value: share,
          text: `${percentages(share)} · ${digits(speed[1])}e9 operations/s`,
          ours: !/product|original/.test(name),
        })),
      }
    case 'stages':
      return undefined
  }
}

function reference([first]: readonly { readonly name: string }[]): string {
  return first?.name === 'straightforward' ? 'the straightforward pipeline' : `${first?.name}`
}

function isOurs(name: string): boolean {
  return name.startsWith('@retinaface/')
}
