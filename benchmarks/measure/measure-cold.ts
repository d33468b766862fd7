import type { Clock } from '../protocol/contender.ts'
import type { ContenderSpec } from '../protocol/contender-spec.ts'
import { type Origin, startContender } from '../protocol/start-contender.ts'
import { inTurns, type Spread, spread } from '../support/interleave.ts'
import { firstLine } from './first-line.ts'
import type { Absence } from './measure-warm.ts'
import { expectPresent, ratiosTo } from './ratios.ts'

/** How long a fresh process or page needs to its first faces, in milliseconds, and what it does meanwhile. */
export interface ColdResult {
  readonly name: string
  readonly rounds: number
  readonly total: Spread
  /** As a share of the first contender's in the same round. */
  readonly totalRatio: Spread
  /** Medians, one after the other. */
  readonly parts: Readonly<Record<ColdPart, number>>
  /** Bytes, median. */
  readonly peakMemory: number
  /** What a page fetched, pictures aside. */
  readonly bytes?: number
}

const parts = ['start', 'modules', 'network', 'first picture'] as const

/** The stretches of a cold start: each ends where the next begins. */
export type ColdPart = (typeof parts)[number]

interface Start {
  readonly ends: readonly [number, number, number, number]
  readonly peakMemory: number
  readonly bytes: number | undefined
}

/** Starts every contender afresh in each round, in turns; who fails is left out and named. */
export async function measureCold(
  contenders: readonly ContenderSpec[],
  path: string,
  rounds: number,
  origin: Origin,
): Promise<{ readonly results: readonly ColdResult[]; readonly absent: readonly Absence[] }> {
  const starts = new Map(contenders.map((spec) => [spec, new Map<number, Start>()]))
  const absent: Absence[] = []
  // The first round fills the disk's cache and does not count.
  for (const { round, item } of inTurns(contenders, rounds, 1)) {
    if (absent.some(({ name }) => name === item.name)) continue
    if (item.rounds !== undefined && round >= item.rounds) continue
    try {
      const start = await startOnce(item, path, origin)
      if (round >= 0) starts.get(item)!.set(round, start)
    } catch (error) {
      absent.push({ name: item.name, reason: firstLine(error) })
    }
  }
  const [baseline] = contenders
  expectPresent(baseline!, absent.find(({ name }) => name === baseline!.name)?.reason)
  const first = starts.get(baseline!)!
  const present = contenders.filter(({ name }) => absent.every((other) => other.name !== name))
  const results = present.map(({ name }, i) => summarise(name, starts.get(present[i]!)!, first))
  return { results, absent }
}

async function startOnce(spec: ContenderSpec, path: string, origin: Origin): Promise<Start> {
  const process = startContender(spec, origin)
  try {
    const loaded = await process.ask({ kind: 'load' })
    const { clock, peakMemory, bytes } = await process.ask({ kind: 'detect', path })
    return { ends: endsOf(loaded.clock, clock), peakMemory, bytes }
  } finally {
    await process.close()
  }
}

function endsOf(loaded: Clock, detected: Clock): Start['ends'] {
  return [loaded.booted, loaded.imported, loaded.now, detected.now]
}

function summarise(
  name: string,
  starts: ReadonlyMap<number, Start>,
  first: ReadonlyMap<number, Start>,
): ColdResult {
  const all = [...starts.values()]
  const median = (of: (start: Start) => number) => spread(all.map(of))[1]
  const length = (part: number) => median(({ ends }) => ends[part]! - (ends[part - 1] ?? 0))
  const totals = (of: ReadonlyMap<number, Start>) =>
    new Map([...of].map(([round, { ends }]) => [round, ends[3]]))
  return {
    name,
    rounds: all.length,
    total: spread(all.map(({ ends }) => ends[3])),
    totalRatio: ratiosTo(totals(first), totals(starts)),
    parts: Object.fromEntries(parts.map((part, i) => [part, length(i)])) as ColdResult['parts'],
    peakMemory: median(({ peakMemory }) => peakMemory),
    ...(all[0]?.bytes === undefined ? {} : { bytes: all[0].bytes }),
  }
}
