import type { KnownPicture } from '../pictures/known-faces.ts'
import type { FoundFace } from '../protocol/contender.ts'
import type { ContenderSpec, RunningContender } from '../protocol/contender-spec.ts'
import { type Origin, startContender } from '../protocol/start-contender.ts'
import { inTurns, type Spread, spread, type Timing } from '../support/interleave.ts'
import { countFaces, type FaceCount, sumCounts } from './count-faces.ts'
import { firstLine } from './first-line.ts'
import { expectPresent, ratiosTo } from './ratios.ts'

/** What to compare on what. */
export interface WarmComparison {
  /** The first is what the others are compared with. */
  readonly contenders: readonly ContenderSpec[]
  /** Taken in turns, one a round. */
  readonly pictures: readonly KnownPicture[]
  /** Looked at once at the end, to count faces. */
  readonly counted: Readonly<Record<string, readonly KnownPicture[]>>
  readonly rounds: number
  readonly origin: Origin
}

/** How one contender did. Spreads are the 10th, 50th and 90th percentile over the rounds. */
export interface WarmResult {
  readonly name: string
  readonly rounds: number
  /** Milliseconds from file to faces. */
  readonly wall: Spread
  readonly processor: Spread
  /** As a share of the first contender's in the same round. */
  readonly wallRatio: Spread
  readonly processorRatio: Spread
  /** By set of pictures. */
  readonly faces: Readonly<Record<string, FaceCount>>
  /** Bytes. */
  readonly peakMemory: number
  /** What a page fetched, pictures aside. */
  readonly bytes?: number
}

/** Somebody who could not take part. */
export interface Absence {
  readonly name: string
  readonly reason: string
}

/** The outcome of {@link measureWarm}. */
export interface WarmOutcome {
  readonly results: readonly WarmResult[]
  readonly absent: readonly Absence[]
}

interface Runner {
  readonly spec: ContenderSpec
  readonly process: RunningContender
  readonly timings: Map<number, Timing>
  failure?: string
}

const warmUp = 5

/** Times contenders in turns on the same pictures; who fails is left out and named. */
export async function measureWarm(comparison: WarmComparison): Promise<WarmOutcome> {
  const { contenders, pictures, rounds, origin } = comparison
  const runners = contenders.map((spec): Runner => {
    return { spec, process: startContender(spec, origin), timings: new Map() }
  })
  try {
    for (const runner of runners) {
      await attempt(runner, () => runner.process.ask({ kind: 'load' }))
    }
    for (const { round, item } of inTurns(runners, rounds, warmUp)) {
      const { path } = pictures[(round + warmUp) % pictures.length]!
      if (takesPart(item, round)) await attempt(item, () => detect(item, round, path))
    }
    const [first] = runners
    expectPresent(first!.spec, first!.failure)
    const results = await Promise.all(
      runners.map((runner) => summarise(runner, first!, comparison)),
    )
    return {
      results: results.filter((result) => result !== undefined),
      absent: runners.flatMap(({ spec, failure }) =>
        failure === undefined ? [] : [{ name: spec.name, reason: failure }],
      ),
    }
  } finally {
    await Promise.all(runners.map((runner) => runner.process.close()))
  }
}

/** Those with few rounds warm up once only. */
function takesPart({ spec, failure }: Runner, round: number): boolean {
  if (failure !== undefined) return false
  return spec.rounds === undefined || (round >= -1 && round < spec.rounds)
}

async function detect({ process, timings }: Runner, round: number, path: string): Promise<void> {
  const { wall, processor } = await process.ask({ kind: 'detect', path })
  if (round >= 0) timings.set(round, { wall, processor })
}

async function summarise(
  runner: Runner,
  first: Runner,
  { counted }: WarmComparison,
): Promise<WarmResult | undefined> {
  const faces: Record<string, FaceCount> = {}
  let peakMemory = 0
  let bytes: number | undefined
  await attempt(runner, async () => {
    for (const [set, pictures] of Object.entries(counted)) {
      faces[set] = sumCounts(await countEach(runner, pictures))
    }
    ;({ peakMemory, bytes } = await runner.process.ask({ kind: 'memory' }))
  })
  const { spec, timings, failure } = runner
  if (failure !== undefined || timings.size === 0) return undefined
  const clocked = ({ timings: all }: Runner, clock: keyof Timing) =>
    new Map([...all].map(([round, timing]) => [round, timing[clock]]))
  const ratio = (clock: keyof Timing) => ratiosTo(clocked(first, clock), clocked(runner, clock))
  return {
    name: spec.name,
    rounds: timings.size,
    wall: spread([...timings.values()].map(({ wall }) => wall)),
    processor: spread([...timings.values()].map(({ processor }) => processor)),
    wallRatio: ratio('wall'),
    processorRatio: ratio('processor'),
    faces,
    peakMemory,
    ...(bytes === undefined ? {} : { bytes }),
  }
}

async function countEach(
  { process }: Runner,
  pictures: readonly KnownPicture[],
): Promise<FaceCount[]> {
  const counts: FaceCount[] = []
  for (const { path, faces } of pictures) {
    const found: readonly FoundFace[] = (await process.ask({ kind: 'detect', path })).faces ?? []
    counts.push(countFaces(found, faces))
  }
  return counts
}

async function attempt(runner: Runner, run: () => Promise<unknown>): Promise<void> {
  if (runner.failure !== undefined) return
  try {
    await run()
  } catch (error) {
    runner.failure = firstLine(error)
  }
}
