import type { Sampling } from '../topology/sampling.ts'
import type { ConvolutionScratch } from './convolution-stage.ts'
import type { ChebyshevStep } from './decoder-network.ts'
import type { HeapLayout } from './heap-layout.ts'
import type { Kernel } from './kernel.ts'
import { identityRows, placeRows, samplingRows, transposedSamplingRows } from './sparse-rows.ts'
import type { Field } from './stage.ts'

/** The part of a convolution that acts on vertices, for products z_k in scratch memory. */
export interface ChebyshevRecurrence {
  /** Output values Σ_k T_k(L̃) U z_k by Clenshaw's recurrence. */
  gather(kernel: Kernel, scratch: ConvolutionScratch): void
  /** The transpose: z_k = Uᵀ T_k(L̃) g of the output's gradients g, which are overwritten. */
  scatter(kernel: Kernel, scratch: ConvolutionScratch): void
}

export function placeRecurrence(
  layout: HeapLayout,
  { laplacian, order }: ChebyshevStep,
  sampling: Sampling | undefined,
  input: Field,
  output: Field,
): ChebyshevRecurrence {
  const { rows, width } = output
  const stride = width * 4
  const productStride = order * stride
  const up = placeRows(layout, sampling ? samplingRows(sampling) : identityRows(rows))
  const down = placeRows(
    layout,
    sampling ? transposedSamplingRows(sampling, input.rows) : identityRows(rows),
  )
  const starts = layout.place(laplacian.rowStarts)
  const neighbours = layout.place(laplacian.neighbours)
  const diagonal = layout.place(Float32Array.from(laplacian.diagonal))
  const { offDiagonal } = laplacian
  const applyLaplacian = (kernel: Kernel, to: number, keep: number, x: number, factor: number) =>
    kernel.laplacian(to, keep, x, rows, width, factor, starts, neighbours, diagonal, offDiagonal)
  return {
    gather: (kernel, { products, recurrence }) => {
      const { starts, indices, weights } = up
      // b_k and b_{k+2} share memory, so that the last, b_0, comes to lie in the output.
      let to = order % 2 === 0 ? recurrence : output.values
      let before = order % 2 === 0 ? output.values : recurrence
      for (let k = order - 1; k >= 0; k--) {
        const z = products + k * stride
        const keep = k + 2 < order ? -1 : 0
        kernel.resample(to, stride, keep, rows, width, starts, indices, weights, z, productStride)
        if (k + 1 < order) applyLaplacian(kernel, to, 1, before, k === 0 ? 1 : 2)
        ;[to, before] = [before, to]
      }
    },
    scatter: (kernel, { products, recurrence }) => {
      const { starts, indices, weights } = down
      let from = output.gradients
      let before = recurrence
      for (let k = 0; k < order; k++) {
        if (k > 0) applyLaplacian(kernel, from, k > 1 ? -1 : 0, before, k > 1 ? 2 : 1)
        const z = products + k * stride
        const count = input.rows
        kernel.resample(z, productStride, 0, count, width, starts, indices, weights, from, stride)
        ;[from, before] = [before, from]
      }
    },
  }
}
