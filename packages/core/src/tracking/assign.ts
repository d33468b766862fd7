/**
 * Pairs rows with columns so that the sum of their costs is least, where leaving both out costs `limit`:
 * no pair that costs more is made. Shortest augmenting paths with potentials (the Hungarian method),
 * O(n³) for n rows and columns together.
 *
 * @param costs [rows][columns], all rows of the same length
 * @returns for each row its column, or -1 for none
 */
export function assign(costs: readonly (readonly number[])[], limit: number): number[] {
  const rows = costs.length
  const columns = costs[0]?.length ?? 0
  // Each row has a column of its own that stands for none.
  const width = columns + rows
  const costOf = (row: number, column: number) => {
    if (column < columns) return Math.min(costs[row]![column]!, 2 * limit + 1)
    return column === columns + row ? limit : 2 * limit + 1
  }
  const ofRow = new Float64Array(rows)
  const ofColumn = new Float64Array(width)
  const rowOf = new Int32Array(width).fill(-1)
  for (let row = 0; row < rows; row++) augment(row, { width, costOf, ofRow, ofColumn, rowOf })
  const columnOf = new Array<number>(rows).fill(-1)
  for (let column = 0; column < columns; column++) {
    const row = rowOf[column]!
    if (row >= 0 && costs[row]![column]! <= limit) columnOf[row] = column
  }
  return columnOf
}

interface Matching {
  readonly width: number
  readonly costOf: (row: number, column: number) => number
  /** Potentials: no pair's cost is less than the sum of its two. */
  readonly ofRow: Float64Array
  readonly ofColumn: Float64Array
  /** The row that each column is paired with, or -1. */
  readonly rowOf: Int32Array
}

/** Pairs one more row, re-pairing others along the cheapest path to a free column. */
function augment(first: number, { width, costOf, ofRow, ofColumn, rowOf }: Matching): void {
  const reached = new Float64Array(width).fill(Number.POSITIVE_INFINITY)
  const from = new Int32Array(width).fill(-1)
  const isDone = new Uint8Array(width)
  let row = first
  let last = -1
  for (;;) {
    let next = -1
    for (let column = 0; column < width; column++) {
      if (isDone[column]) continue
      const cost = costOf(row, column) - ofRow[row]! - ofColumn[column]!
      if (cost < reached[column]!) {
        reached[column] = cost
        from[column] = last
      }
      if (next < 0 || reached[column]! < reached[next]!) next = column
    }
    const step = reached[next]!
    ofRow[first]! += step
    for (let column = 0; column < width; column++) {
      if (isDone[column]) {
        ofRow[rowOf[column]!]! += step
        ofColumn[column]! -= step
      } else reached[column]! -= step
    }
    isDone[next] = 1
    last = next
    if (rowOf[next]! < 0) break
    row = rowOf[next]!
  }
  while (last >= 0) {
    const before = from[last]!
    rowOf[last] = before < 0 ? first : rowOf[before]!
    last = before
  }
}
