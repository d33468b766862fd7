/** `size` rounded up to whole panels of 8. */
export function padded(size: number): number {
  return Math.ceil(size / 8) * 8
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
  const panels = new Float32Array(padded(columns) * rows)
  for (let column = 0; column < columns; column++) {
    const from = (column >> 3) * rows * 8 + (column & 7)
    for (let row = 0; row < rows; row++) panels[from + row * 8] = entry(row, column)
  }
  return panels
}
