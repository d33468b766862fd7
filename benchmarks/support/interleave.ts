/** What one call took, in milliseconds. */
export interface Timing {
  readonly wall: number
  /** Of all threads of this process together. */
  readonly processor: number
}

/** Whose turn it is. Rounds below zero are the warm-up, in which engines compile, and do not count. */
export interface Turn<Item> {
  readonly round: number
  readonly item: Item
}

/**
 * Every item once a round, so that a change in the machine's load meets all of them; the order is
 * reversed every other round.
 */
export function* inTurns<Item>(
  items: readonly Item[],
  rounds: number,
  warmUp: number,
): Generator<Turn<Item>, void, undefined> {
  for (let round = -warmUp; round < rounds; round++) {
    for (const item of round % 2 === 0 ? items : items.toReversed()) yield { round, item }
  }
}

/** Times functions of this process in turns. */
export async function interleave<Name extends string>(
  variants: Readonly<Record<Name, () => unknown>>,
  rounds: number,
  warmUp = 5,
): Promise<Record<Name, Timing[]>> {
  const names = Object.keys(variants) as Name[]
  const timings = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    Timing[]
  >
  for (const { round, item } of inTurns(names, rounds, warmUp)) {
    const timing = await timingOf(variants[item])
    if (round >= 0) timings[item].push(timing)
  }
  return timings
}

/** The values below which 10 %, 50 % and 90 % lie. */
export type Spread = readonly [low: number, middle: number, high: number]

/** The 10th, 50th and 90th percentile of at least one value, interpolated between the nearest two. */
export function spread(values: readonly number[]): Spread {
  if (values.length === 0) throw new Error('Expected at least one measured value.')
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => {
    const place = share * (sorted.length - 1)
    const [lower, upper] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
    return lower + (place % 1) * (upper - lower)
  }
  return [at(0.1), at(0.5), at(0.9)]
}

/** Runs a function and says what it took. */
export async function timingOf(run: () => unknown): Promise<Timing> {
  const before = process.cpuUsage()
  const start = performance.now()
  await run()
  const wall = performance.now() - start
  const { user, system } = process.cpuUsage(before)
  return { wall, processor: (user + system) / 1000 }
}
