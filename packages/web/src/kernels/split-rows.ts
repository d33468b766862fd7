import type { RowBand } from './map-layout.ts'

// Multiplications that are worth a band of their own: about 20 µs of work.
const leastCost = 400_000
// More bands than threads, so that a thread which is held up leaves its share to others.
const bandsPerThread = 2

/**
 * Splits a map's rows into bands of about equal cost: one on one thread, and where the work is little.
 *
 * @param together rows of which each band but the last has a multiple
 * @param cost of the whole map, in multiplications
 */
export function splitRows(
  rows: number,
  together: number,
  cost: number,
  threads: number,
): RowBand[] {
  if (threads === 1) return [{ first: 0, count: rows }]
  const units = Math.ceil(rows / together)
  const worth = Math.min(units, Math.floor(cost / leastCost))
  // As many for each thread, where there is one for each.
  const turns = Math.min(bandsPerThread, Math.floor(worth / threads))
  const count = Math.max(1, turns > 0 ? turns * threads : worth)
  const ends = Array.from({ length: count + 1 }, (_, i) =>
    Math.min(rows, together * Math.round((i * units) / count)),
  )
  return ends.slice(1).map((end, i) => ({ first: ends[i]!, count: end - ends[i]! }))
}
