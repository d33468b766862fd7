import { interleave, type Spread, spread } from '../support/interleave.ts'
import type { ProductPrecision } from './matrix-product.ts'
import { networkWorks, type PeakWork, productWork } from './peak-works.ts'

/** How near a network comes to what the processor can do. */
export interface PeakResult {
  readonly name: string
  readonly precision: ProductPrecision
  /** Of one pass at 640×480. */
  readonly multiplyAdds: number
  /** Milliseconds of one pass. */
  readonly wall: Spread
  /** 1e9 multiplications and additions a second. */
  readonly speed: Spread
  /** As a share of the fastest matrix product's speed in the same round and the same arithmetic. */
  readonly share: Spread
}

const productSides = [512, 1024, 1536]

/**
 * Runs the original network, every variant of `mnet025` and large matrix products in float32 and in
 * 8 bits on one thread of the same runtime, in turns.
 */
export async function measurePeak(rounds: number): Promise<PeakResult[]> {
  const networks = await networkWorks()
  const products = await Promise.all(
    (['float32', 'int8'] as const).flatMap((precision) =>
      productSides.map((side) => productWork(precision, side)),
    ),
  )
  const works = [...networks, ...products]
  const timings = await interleave(
    Object.fromEntries(works.map(({ name, run }) => [name, run])),
    rounds,
  )
  const speedOf = ({ name, multiplyAdds }: PeakWork, round: number) =>
    (2 * multiplyAdds) / (timings[name]![round]!.wall * 1e6)
  const best = (precision: ProductPrecision, round: number) => {
    const same = products.filter((product) => product.precision === precision)
    return Math.max(...same.map((product) => speedOf(product, round)))
  }
  await Promise.all(works.map(({ session }) => session.release()))
  return works.map((work) => {
    const { name, precision, multiplyAdds } = work
    const all = timings[name]!
    return {
      name,
      precision,
      multiplyAdds,
      wall: spread(all.map(({ wall }) => wall)),
      speed: spread(all.map((_, round) => speedOf(work, round))),
      share: spread(all.map((_, round) => speedOf(work, round) / best(precision, round))),
    }
  })
}
