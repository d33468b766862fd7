import { PANEL } from '@retinaface/mesh-decoder'
import type { FeatureMap } from './feature-map.ts'
import type { CellRectangle } from './grid-points.ts'

/** Where the first row of each column lies in panels of `rows` rows. */
export function panelPlaces(columns: number, rows: number): Int32Array {
  return Int32Array.from({ length: columns }, (_, column) => {
    return Math.floor(column / PANEL) * rows * PANEL + (column % PANEL)
  })
}

/** Copies a rectangle of a map's cells to panels, the cells being columns and channels rows. */
export function copyCells(
  { data, channels, rows, columns }: FeatureMap,
  { left, top, rows: height, columns: width }: CellRectangle,
  panels: Float32Array,
  places: Int32Array,
): void {
  const plane = rows * columns
  for (let channel = 0; channel < channels; channel++) {
    const origin = channel * plane + top * columns + left
    const shift = channel * PANEL
    for (let row = 0, cell = 0; row < height; row++) {
      const first = origin + row * columns
      for (let at = first; at < first + width; at++, cell++) {
        panels[places[cell]! + shift] = data[at]!
      }
    }
  }
}
