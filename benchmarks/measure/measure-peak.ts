import { readFile } from 'node:fs/promises'
import { MODELS } from '@retinaface/models'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { readOriginalNetwork } from '../baselines/original-network.ts'
import { interleave, type Spread, spread } from '../support/interleave.ts'
import { countMultiplyAdds } from './count-multiply-adds.ts'
import { matrixProduct } from './matrix-product.ts'

/** How near a network comes to what the processor can do. */
export interface PeakResult {
  readonly name: string
  /** Of one pass at 640×480. */
  readonly multiplyAdds: number
  /** Milliseconds of one pass. */
  readonly wall: Spread
  /** 1e9 multiplications and additions a second. */
  readonly speed: Spread
  /** As a share of the fastest matrix product's speed in the same round. */
  readonly share: Spread
}

const [width, height] = [640, 480]
const productSides = [512, 1024, 1536]

/**
 * Runs every network of `@retinaface/models`, the original one and large float32 matrix products on
 * one thread of the same runtime, in turns.
 */
export async function measurePeak(rounds: number): Promise<PeakResult[]> {
  const networks = [
    { name: 'original', bytes: await readOriginalNetwork(), outputs: undefined },
    ...(await Promise.all(
      MODELS.map(async ({ id, url, configuration: { outputs, levels } }) => ({
        name: id,
        bytes: new Uint8Array(await readFile(url)),
        outputs: levels.flatMap(({ stride }) =>
          Object.values(outputs.names).map((name) => name.replace('{stride}', `${stride}`)),
        ),
      })),
    )),
  ]
  const works = [
    ...(await Promise.all(networks.map(networkWork))),
    ...(await Promise.all(productSides.map(productWork))),
  ]
  const variants = Object.fromEntries(works.map(({ name, run }) => [name, run]))
  const timings = await interleave(variants, rounds)
  const speedOf = ({ name, multiplyAdds }: Work, round: number) =>
    (2 * multiplyAdds) / (timings[name]![round]!.wall * 1e6)
  const products = works.slice(networks.length)
  const best = (round: number) => Math.max(...products.map((work) => speedOf(work, round)))
  const results = works.map((work): PeakResult => {
    const all = timings[work.name]!
    return {
      name: work.name,
      multiplyAdds: work.multiplyAdds,
      wall: spread(all.map(({ wall }) => wall)),
      speed: spread(all.map((_, round) => speedOf(work, round))),
      share: spread(all.map((_, round) => speedOf(work, round) / best(round))),
    }
  })
  await Promise.all(works.map(({ session }) => session.release()))
  return results
}

interface Work {
  readonly name: string
  readonly session: InferenceSession
  readonly multiplyAdds: number
  readonly run: () => Promise<unknown>
}

async function networkWork({
  name,
  bytes,
  outputs,
}: {
  readonly name: string
  readonly bytes: Uint8Array
  readonly outputs: readonly string[] | undefined
}): Promise<Work> {
  const input = Float32Array.from({ length: 3 * width * height }, (_, i) => (i * 7919) % 256)
  const feeds = { data: new Tensor('float32', input, [1, 3, height, width]) }
  const session = await InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  })
  const wanted = outputs ?? session.outputNames
  return {
    name,
    session,
    multiplyAdds: await countMultiplyAdds(bytes, feeds, wanted),
    run: () => session.run(feeds, wanted),
  }
}

async function productWork(side: number): Promise<Work> {
  const session = await InferenceSession.create(matrixProduct(), { intraOpNumThreads: 1 })
  const values = Float32Array.from({ length: side * side }, (_, i) => ((i * 7919) % 256) / 256)
  const matrix = new Tensor('float32', values, [side, side])
  return {
    name: `matrix product ${side}`,
    session,
    multiplyAdds: side ** 3,
    run: () => session.run({ a: matrix, b: matrix }),
  }
}
