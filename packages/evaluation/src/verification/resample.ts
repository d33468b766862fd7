/**
 * The 95 % interval of a figure by the bootstrap (Efron 1979): the figure of so many lists of the same
 * length, drawn from the list with replacement; the same draws each time.
 */
export function resample<Item>(
  items: readonly Item[],
  times: number,
  figureOf: (items: readonly Item[]) => number,
): [low: number, high: number] {
  const random = generator(1)
  const figures = Array.from({ length: times }, () =>
    figureOf(items.map(() => items[Math.floor(random() * items.length)]!)),
  )
  const sorted = figures.filter((figure) => !Number.isNaN(figure)).sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN
  return [at(0.025), at(0.975)]
}

/** Uniform numbers, 0 to 1: Marsaglia's xorshift of 32 bits. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
