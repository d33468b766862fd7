import type { ContenderSpec, RunningContender } from '../protocol/contender-spec.ts'
import { type Origin, startContender } from '../protocol/start-contender.ts'
import { inTurns, type Spread, spread } from '../support/interleave.ts'
import { firstLine } from './first-line.ts'
import type { Absence } from './measure-warm.ts'
import { ratiosTo } from './ratios.ts'

/** A way through a folder, with what it is to use on one core and on two. */
export interface FolderPipeline {
  readonly one: ContenderSpec
  readonly two: ContenderSpec
}

/** How fast a folder of photographs is gone through. */
export interface FolderResult {
  readonly name: string
  readonly cores: 1 | 2
  /** Pictures of the whole run. */
  readonly pictures: number
  /** Pictures a second, over the stretches of the run. */
  readonly perSecond: Spread
  /** As a multiple of the first pipeline's on one core over the same stretch. */
  readonly ratio: Spread
  /** As a multiple of the same pipeline's on one core over the same stretch. */
  readonly overOneCore: Spread
  /** Faces in all. */
  readonly faces: number
  /** Bytes: after the first stretch, and after all. */
  readonly peakMemory: readonly [first: number, all: number]
}

interface Runner {
  readonly spec: ContenderSpec
  readonly cores: 1 | 2
  readonly process: RunningContender
  /** Milliseconds a picture by stretch. */
  readonly times: Map<number, number>
  readonly memory: number[]
  faces: number
  failure?: string
}

/**
 * Sends pipelines through a folder in turns, a stretch of pictures at a time, each on one core and on
 * two; who fails is left out and named.
 */
export async function measureFolder(
  pipelines: readonly FolderPipeline[],
  paths: readonly string[],
  stretch: number,
  origin: Origin,
): Promise<{ readonly results: readonly FolderResult[]; readonly absent: readonly Absence[] }> {
  const runners = pipelines.flatMap(({ one, two }) => [
    startRunner({ ...one, core: 0 }, 1, origin),
    startRunner(two, 2, origin),
  ])
  try {
    for (const { round, item } of inTurns(runners, Math.ceil(paths.length / stretch), 1)) {
      const start = Math.max(0, round) * stretch
      await goThrough(item, round, paths.slice(start, start + stretch))
    }
  } finally {
    await Promise.all(runners.map(({ process }) => process.close()))
  }
  return {
    results: runners.flatMap((runner, i) => {
      const sameOnOne = runners[i - (i % 2)]!
      return runner.failure === undefined
        ? summarise(runner, runners[0]!, sameOnOne, paths.length)
        : []
    }),
    absent: runners.flatMap(({ spec, cores, failure }) =>
      failure === undefined ? [] : [{ name: `${spec.name}, ${cores} cores`, reason: failure }],
    ),
  }
}

function startRunner(spec: ContenderSpec, cores: 1 | 2, origin: Origin): Runner {
  const process = startContender(spec, origin)
  return { spec, cores, process, times: new Map(), memory: [], faces: 0 }
}

async function goThrough(runner: Runner, round: number, paths: readonly string[]): Promise<void> {
  if (runner.failure !== undefined) return
  try {
    if (round < 0) await runner.process.ask({ kind: 'load' })
    const { wall, count = 0, peakMemory } = await runner.process.ask({ kind: 'detectMany', paths })
    if (round < 0) return
    runner.times.set(round, wall / paths.length)
    runner.memory.push(peakMemory)
    runner.faces += count
  } catch (error) {
    runner.failure = firstLine(error)
  }
}

function summarise(
  { spec, cores, times, faces, memory }: Runner,
  first: Runner,
  sameOnOne: Runner,
  pictures: number,
): FolderResult {
  const over = (reference: Runner) => ratiosTo(times, reference.times)
  return {
    name: spec.name,
    cores,
    pictures,
    perSecond: spread([...times.values()].map((time) => 1000 / time)),
    ratio: over(first),
    overOneCore: over(sameOnOne),
    faces,
    peakMemory: [memory[0]!, memory.at(-1)!],
  }
}
