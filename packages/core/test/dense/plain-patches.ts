import { type TensorFile, takeFloats } from '@retinaface/mesh-decoder'
import type { ConvolutionStep } from '../../src/dense/convolution-layer.ts'
import type { FacePatch, PatchArchitecture } from '../../src/dense/head-architecture.ts'
import type { LinearLayer } from '../../src/dense/linear-layer.ts'

/** The layers of the networks of patches, and the points that they lie about and find. */
export interface PlainPatches extends PatchArchitecture {
  /** [patches × 3, latents] and [patches × 3]. */
  readonly middles: LinearLayer
  readonly layers: Readonly<Record<string, readonly LinearLayer[]>>
  /** [landmarks × 3, latents] and [landmarks × 3]. */
  readonly landmarks: LinearLayer
}

type Place = [number, number]

/** The networks of patches as a weight file has them. */
export function plainPatches(file: TensorFile, architecture: PatchArchitecture): PlainPatches {
  const layer = (name: string, inputs: string): LinearLayer => {
    const bias = takeFloats(file, `patches.${name}.bias`, ['outputs'])
    return { bias, weight: takeFloats(file, `patches.${name}.weight`, [bias.length, inputs]) }
  }
  const towers = Object.entries(architecture.towers).map(([name, steps]) => {
    const names = [...steps.map((_, i) => `${name}.${i}`), `${name}.hidden`, `${name}.out`]
    return [name, names.map((each) => layer(each, 'inputs'))] as const
  })
  return {
    ...architecture,
    middles: layer('middles', 'latents'),
    landmarks: layer('points', 'latents'),
    layers: Object.fromEntries(towers),
  }
}

/** The samples of a patch about its middle, canonical centimetres, row by row. */
export function samplesOf(
  { columns, rows, first, last }: FacePatch,
  [x, y, z]: readonly number[],
): [number, number, number][] {
  return Array.from({ length: rows * columns }, (_, i) => {
    const across = (i % columns) / (columns - 1)
    const down = Math.floor(i / columns) / (rows - 1)
    return [
      x! + first[0] + (last[0] - first[0]) * across,
      y! + first[1] + (last[1] - first[1]) * down,
      z!,
    ]
  })
}

/**
 * The landmarks of a patch in the face's frame.
 *
 * @param pixels red, green and blue of each sample
 * @param places of the samples in the face's frame
 */
export function landmarksOf(
  { towers, layers, leastDeviation }: PlainPatches,
  patch: FacePatch,
  pixels: readonly (readonly number[])[],
  places: readonly Place[],
): Place[] {
  const all = pixels.flat()
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length
  const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (all.length - 1)
  const scale = Math.sqrt(variance) + leastDeviation
  let map = pixels.map((cell) => cell.map((value) => (value - mean) / scale))
  let [rows, columns] = [patch.rows, patch.columns]
  const steps = towers[patch.tower]!
  for (const [i, step] of steps.entries()) {
    map = convolved(map, rows, columns, step, layers[patch.tower]![i]!)
    rows = Math.ceil(rows / step.stride)
    columns = Math.ceil(columns / step.stride)
  }
  const [hidden, out] = layers[patch.tower]!.slice(steps.length) as [LinearLayer, LinearLayer]
  const found = product(out, product(hidden, map.flat()).map(relu))
  const corner = (row: number, column: number) => places[row * patch.columns + column]!
  const [lastRow, lastColumn] = [patch.rows - 1, patch.columns - 1]
  const corners = [
    corner(0, 0),
    corner(0, lastColumn),
    corner(lastRow, 0),
    corner(lastRow, lastColumn),
  ]
  return Array.from({ length: patch.points }, (_, i) => {
    const column = found[2 * i]! / lastColumn - 0.5
    const row = found[2 * i + 1]! / lastRow - 0.5
    return [0, 1].map((axis) => {
      const [a, b, c, d] = corners.map((place) => place[axis]!) as [number, number, number, number]
      return (a + b + c + d) / 4 + (column * (b - a + d - c)) / 2 + (row * (c - a + d - b)) / 2
    }) as Place
  })
}

function convolved(
  map: readonly (readonly number[])[],
  rows: number,
  columns: number,
  { side, stride }: ConvolutionStep,
  layer: LinearLayer,
): number[][] {
  const channels = map[0]!.length
  const nothing = new Array<number>(channels).fill(0)
  const found: number[][] = []
  for (let row = 0; row < rows; row += stride) {
    for (let column = 0; column < columns; column += stride) {
      const window = Array.from({ length: side * side }, (_, i) => {
        const y = row + Math.floor(i / side) - (side - 1) / 2
        const x = column + (i % side) - (side - 1) / 2
        const isInside = y >= 0 && y < rows && x >= 0 && x < columns
        return isInside ? map[y * columns + x]! : nothing
      })
      found.push(product(layer, window.flat()).map(relu))
    }
  }
  return found
}

/** A x = b by elimination with pivots. */
export function solve(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, vector[i]!])
  const n = rows.length
  for (let i = 0; i < n; i++) {
    const pivot = rows.slice(i).reduce((a, b) => (Math.abs(b[i]!) > Math.abs(a[i]!) ? b : a))
    rows.splice(rows.indexOf(pivot), 1)
    rows.splice(i, 0, pivot)
    for (const row of rows) {
      if (row === pivot) continue
      const factor = row[i]! / pivot[i]!
      for (let k = i; k <= n; k++) row[k]! -= factor * pivot[k]!
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!)
}

export const relu = (value: number): number => Math.max(value, 0)

export function product({ weight, bias }: LinearLayer, input: readonly number[]): number[] {
  return Array.from(bias, (value, output) => {
    let sum = value
    for (let i = 0; i < input.length; i++) sum += weight[output * input.length + i]! * input[i]!
    return sum
  })
}
