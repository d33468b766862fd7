import {
  type HeapLayout,
  type KernelInstance,
  PANEL,
  PIECEWISE_LINEAR,
  paddedChannels,
  paddedColumns,
} from '@retinaface/mesh-decoder'
import { copyCells, panelPlaces } from './copy-cells.ts'
import type { FaceFrame } from './face-frame.ts'
import type { FeatureMap } from './feature-map.ts'
import { GridPoints } from './grid-points.ts'
import type { HeadGrid } from './head-architecture.ts'
import type { LinearLayer } from './linear-layer.ts'

/** Reads a map on the grid of a face and writes what its points reduce to at an address. */
export type ReadGrid = (map: FeatureMap, frame: FaceFrame, to: number) => void

/** A grid's part of the dense head, with its place in a kernel's memory. */
export interface GridReader {
  /** Channels that its map must have. */
  readonly channels: number
  bind(instance: KernelInstance): ReadGrid
}

/**
 * Places a grid in memory.
 *
 * Reducing channels and reading between cells are both linear and commute. Where few cells surround
 * the grid, they are reduced first, so that fewer channels are read; else the points are. Z = W S
 * has cells or points as columns, so that planes of a map are copied as they lie in memory.
 */
export function placeGrid(
  layout: HeapLayout,
  { points, stride }: HeadGrid,
  extent: number,
  reduction: LinearLayer,
): GridReader {
  const count = points * points
  // Copying a cell takes a third of the time of reading a point.
  const cellLimit = 2 * count
  const outputs = reduction.bias.length
  const channels = reduction.weight.length / outputs
  const inner = channels + 1
  const weights = layout.place(withBias(reduction))
  // Apart, so that the padding after points stays zero.
  const cellPanels = layout.reserve(paddedColumns(cellLimit) * inner)
  const pointPanels = layout.reserve(paddedColumns(count) * inner)
  const noBias = layout.reserve(paddedColumns(cellLimit))
  const cells = layout.reserve(paddedChannels(cellLimit) * outputs)
  const places = panelPlaces(cellLimit, inner)
  const width = paddedChannels(count)
  const inRow = Int32Array.from({ length: count }, (_, point) => point)
  const grid = new GridPoints(points)
  return {
    channels,
    bind: ({ memory, kernel }) => {
      const viewOf = (panels: number, columns: number) => {
        const values = new Float32Array(memory, panels, paddedColumns(columns) * inner)
        for (const place of places.subarray(0, columns)) values[place + channels * PANEL] = 1
        return values
      }
      const cellValues = viewOf(cellPanels, cellLimit)
      const pointValues = viewOf(pointPanels, count)
      const reduced = new Float32Array(memory, cells, paddedChannels(cellLimit) * outputs)
      const heap = new Float32Array(memory)
      const reduce = (panels: number, to: number, columns: number) => {
        const [from, zStride] = [inner * 4, columns * 4]
        kernel.matmul(weights, from, panels, noBias, to, zStride, outputs, inner, columns)
      }
      return (map, frame, to) => {
        const rectangle = grid.locate(map, frame, stride, extent)
        const { rows, columns } = rectangle
        if (rows * columns <= cellLimit) {
          copyCells(map, rectangle, cellValues, places)
          const plane = paddedChannels(rows * columns)
          reduce(cellPanels, cells, plane)
          grid.place(rectangle)
          grid.read(
            { data: reduced, channels: outputs, rows, columns },
            plane,
            heap,
            to >> 2,
            inRow,
            width,
          )
        } else {
          grid.place({ left: 0, top: 0, rows: map.rows, columns: map.columns })
          grid.read(map, map.rows * map.columns, pointValues, 0, places, PANEL)
          reduce(pointPanels, to, width)
        }
        kernel.activate(to, outputs * width, PIECEWISE_LINEAR, 0)
      }
    },
  }
}

/** Rows of weights with the bias last, the weight of a channel that is 1 everywhere. */
function withBias({ weight, bias }: LinearLayer): Float32Array {
  const inputs = weight.length / bias.length
  return Float32Array.from({ length: weight.length + bias.length }, (_, i) => {
    const [output, input] = [Math.floor(i / (inputs + 1)), i % (inputs + 1)]
    return input < inputs ? weight[output * inputs + input]! : bias[output]!
  })
}
