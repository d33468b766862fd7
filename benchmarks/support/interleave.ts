/** What one call took, in milliseconds. */
export interface Timing {
  readonly wall: number
  /** Of all threads of this process together. */
  readonly processor: number
}

/**
 * Times variants in turns, so that a change in the machine's load meets all of them; the order is
 * reversed every other round. The first rounds, in which the engine compiles, do not count.
 */
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
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const timing = await timingOf(variants[name])
      if (round >= 0) timings[name].push(timing)
    }
  }
  return timings
}

/** The values below which 10 %, 50 % and 90 % lie. */
export function spread(values: readonly number[]): readonly [number, number, number] {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!
  return [at(0.1), at(0.5), at(0.9)]
}

async function timingOf(run: () => unknown): Promise<Timing> {
  const before = process.cpuUsage()
  const start = performance.now()
  await run()
  const wall = performance.now() - start
  const { user, system } = process.cpuUsage(before)
  return { wall, processor: (user + system) / 1000 }
}
