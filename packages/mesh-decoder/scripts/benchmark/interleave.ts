/** Milliseconds a call of each variant, a number for each round. */
export type Timings<Name extends string> = Record<Name, number[]>

/**
 * Time variants in turns, so that a change in the machine's load meets all of them: each round
 * calls every variant for about `millisecondsEach`.
 */
export function interleave<Name extends string>(
  variants: Readonly<Record<Name, () => unknown>>,
  rounds: number,
  millisecondsEach: number,
): Timings<Name> {
  const names = Object.keys(variants) as Name[]
  const repeats = new Map(names.map((name) => [name, repeatsFor(variants[name], millisecondsEach)]))
  const timings = Object.fromEntries(names.map((name) => [name, []])) as unknown as Timings<Name>
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const count = repeats.get(name)!
      timings[name].push(timeOf(variants[name], count) / count)
    }
  }
  return timings
}

/** The value below which a share of `values` lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.round(share * (sorted.length - 1))]!
}

function repeatsFor(variant: () => unknown, milliseconds: number): number {
  // The first calls also let the engine compile it.
  let count = 1
  while (timeOf(variant, count) < milliseconds) count *= 2
  return count
}

function timeOf(variant: () => unknown, count: number): number {
  const start = performance.now()
  for (let i = 0; i < count; i++) variant()
  return performance.now() - start
}
