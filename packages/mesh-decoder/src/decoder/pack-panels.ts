/** Columns of a matrix product that are computed together. */
export const PANEL = 8

/** Channels rounded up to what the kernels take, multiples of 4. */
export function paddedChannels(channels: number): number {
  return Math.ceil(channels / 4) * 4
}

/** Columns rounded up to whole panels. */
export function paddedColumns(columns: number): number {
  return Math.ceil(columns / PANEL) * PANEL
}

/**
 * A matrix in panels of 8 columns, [columns / 8, rows, 8], so that a product reads it in order.
 *
 * @param entry value at (row, column); asked for columns up to `columns` only, the rest is zero.
 */
export function packPanels(
  rows: number,
  columns: number,
  entry: (row: number, column: number) => number,
): Float32Array {
  const panels = new Float32Array(paddedColumns(columns) * rows)
  for (let column = 0; column < columns; column++) {
    const from = Math.floor(column / PANEL) * PANEL * rows + (column % PANEL)
    for (let row = 0; row < rows; row++) panels[from + row * PANEL] = entry(row, column)
  }
  return panels
}
