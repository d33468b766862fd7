import type { ScaledLaplacian } from '../graph/scaled-laplacian.ts'
import { type Kernel, NOTHING } from '../wasm/kernel.ts'
import type { HeapLayout } from './heap-layout.ts'
import type { Rows } from './rows.ts'

/** to = factor · L̃ x + plus − minus, for `channels` channels; `to` may be `plus` or `minus`. */
export type LaplacianProduct = (
  kernel: Kernel,
  factor: number,
  x: Rows,
  to: Rows,
  channels: number,
  plus?: Rows,
  minus?: Rows,
) => void

const none: Rows = { address: NOTHING, stride: 0 }

/** Places a scaled Laplacian in memory. */
export function placeLaplacian(
  layout: HeapLayout,
  { rowStarts, neighbours, diagonal, offDiagonal }: ScaledLaplacian,
): LaplacianProduct {
  const rows = diagonal.length
  const startsAddress = layout.place(rowStarts)
  const neighboursAddress = layout.place(neighbours)
  const diagonalAddress = layout.place(Float32Array.from(diagonal))
  return (kernel, factor, x, to, channels, plus = none, minus = none) => {
    kernel.laplacian(
      to.address,
      to.stride,
      x.address,
      x.stride,
      plus.address,
      plus.stride,
      minus.address,
      minus.stride,
      rows,
      channels,
      factor,
      startsAddress,
      neighboursAddress,
      diagonalAddress,
      offDiagonal,
    )
  }
}
