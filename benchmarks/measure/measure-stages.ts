import type { KnownPicture } from '../pictures/known-faces.ts'
import { type Origin, startContender } from '../protocol/start-contender.ts'
import { type Spread, spread } from '../support/interleave.ts'

/** Where the time of our own pipeline goes, one thread, 10th, 50th and 90th percentile. */
export interface StagesResult {
  readonly rounds: number
  /** Milliseconds from file to faces. */
  readonly whole: Spread
  /** Milliseconds in the runtime. */
  readonly network: Spread
  /** Milliseconds from decoded pixels to faces, without the runtime's. */
  readonly around: Spread
  /** The two before as shares of the first. */
  readonly networkShare: Spread
  readonly aroundShare: Spread
}

const warmUp = 10

/** Measures what surrounds the network in our own pipeline, decoding of JPEGs left out. */
export async function measureStages(
  pictures: readonly KnownPicture[],
  rounds: number,
  origin: Origin,
): Promise<StagesResult> {
  const spec = { name: 'ours', entry: 'ours-stages', options: { threads: 1 } }
  const process = startContender(spec, origin)
  const measured: Readonly<Record<string, number>>[] = []
  try {
    await process.ask({ kind: 'load' })
    for (let round = -warmUp; round < rounds; round++) {
      const { path } = pictures[(round + warmUp) % pictures.length]!
      const { stages } = await process.ask({ kind: 'stages', path })
      if (round >= 0 && stages) measured.push(stages)
    }
  } finally {
    await process.close()
  }
  const each = (of: (stages: Readonly<Record<string, number>>) => number) =>
    spread(measured.map(of))
  return {
    rounds,
    whole: each((stages) => stages.whole!),
    network: each((stages) => stages.network!),
    around: each((stages) => stages.around!),
    networkShare: each((stages) => stages.network! / stages.whole!),
    aroundShare: each((stages) => stages.around! / stages.whole!),
  }
}
