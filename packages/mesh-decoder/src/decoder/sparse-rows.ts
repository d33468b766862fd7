import type { Sampling } from '../topology/sampling.ts'
import type { Kernel } from '../wasm/kernel.ts'
import type { HeapLayout } from './heap-layout.ts'
import type { Rows } from './rows.ts'

/** A sparse matrix in compressed rows. */
export interface SparseRows {
  /** [rows + 1] where each row's entries begin, and the end of the last. */
  readonly starts: Int32Array
  readonly indices: Int32Array
  readonly weights: Float32Array
}

interface Entry {
  readonly row: number
  readonly column: number
  readonly weight: number
}

/** A sampling matrix without its zeros. */
export function samplingRows(sampling: Sampling): SparseRows {
  return toRows(entriesOf(sampling), sampling.index.length / 3)
}

/** The transpose of a sampling matrix, without its zeros. */
export function transposedSamplingRows(sampling: Sampling, coarseCount: number): SparseRows {
  const transposed = entriesOf(sampling).map(({ row, column, weight }) => {
    return { row: column, column: row, weight }
  })
  return toRows(transposed, coarseCount)
}

/** The identity, for a layer that works on the level of its input. */
export function identityRows(count: number): SparseRows {
  const upTo = (length: number) => Int32Array.from({ length }, (_, i) => i)
  return { starts: upTo(count + 1), indices: upTo(count), weights: new Float32Array(count).fill(1) }
}

/** Addresses of a sparse matrix. */
export interface PlacedRows {
  readonly starts: number
  readonly indices: number
  readonly weights: number
}

/** Places a sparse matrix in memory. */
export function placeRows(layout: HeapLayout, rows: SparseRows): PlacedRows {
  return {
    starts: layout.place(rows.starts),
    indices: layout.place(rows.indices),
    weights: layout.place(rows.weights),
  }
}

/** to = S from, for `channels` channels. */
export type SparseProduct = (kernel: Kernel, to: Rows, from: Rows, channels: number) => void

/** Places a sparse matrix in memory, to be multiplied with. */
export function placeSparse(layout: HeapLayout, sparse: SparseRows): SparseProduct {
  const rows = sparse.starts.length - 1
  const { starts, indices, weights } = placeRows(layout, sparse)
  return (kernel, to, from, channels) => {
    const { address, stride } = from
    kernel.resample(
      to.address,
      to.stride,
      rows,
      channels,
      starts,
      indices,
      weights,
      address,
      stride,
    )
  }
}

function entriesOf({ index, weight }: Sampling): Entry[] {
  return Array.from(index, (column, k) => ({
    row: Math.floor(k / 3),
    column,
    weight: weight[k]!,
  })).filter(({ weight }) => weight !== 0)
}

function toRows(entries: readonly Entry[], rows: number): SparseRows {
  const sorted = entries.toSorted((a, b) => a.row - b.row || a.column - b.column)
  const starts = new Int32Array(rows + 1)
  for (const { row } of sorted) starts[row + 1]!++
  for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!
  return {
    starts,
    indices: Int32Array.from(sorted, ({ column }) => column),
    weights: Float32Array.from(sorted, ({ weight }) => weight),
  }
}
