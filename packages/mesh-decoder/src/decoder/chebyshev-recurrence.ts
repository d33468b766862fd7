import type { Sampling } from '../topology/sampling.ts'
import type { Kernel } from '../wasm/kernel.ts'
import type { ConvolutionScratch } from './convolution-scratch.ts'
import type { ChebyshevStep } from './decoder-network.ts'
import type { HeapLayout } from './heap-layout.ts'
import { placeLaplacian } from './place-laplacian.ts'
import { dense, sideBySide } from './rows.ts'
import { identityRows, placeSparse, samplingRows, transposedSamplingRows } from './sparse-rows.ts'
import type { Field } from './stage.ts'

/** The part of a convolution that acts on vertices, with z_k side by side in `scratch.products`. */
export interface ChebyshevRecurrence {
  /** Where `gather` reads z_k: the output itself, if z_0 is all there is. */
  readonly products: number
  /** z_k = T_k(L̃) x of the input itself, where it is not up-sampled. */
  expand(kernel: Kernel): void
  /** Output values Σ_k T_k(L̃) U z_k by Clenshaw's recurrence. */
  gather(kernel: Kernel): void
  /** The transpose: z_k = Uᵀ T_k(L̃) g of the output's gradients g, which are overwritten. */
  scatter(kernel: Kernel): void
}

export function placeRecurrence(
  layout: HeapLayout,
  { laplacian, order }: ChebyshevStep,
  sampling: Sampling | undefined,
  input: Field,
  output: Field,
  scratch: ConvolutionScratch,
): ChebyshevRecurrence {
  const { rows, width } = output
  const up = placeSparse(layout, sampling ? samplingRows(sampling) : identityRows(rows))
  const down = placeSparse(
    layout,
    sampling ? transposedSamplingRows(sampling, input.rows) : identityRows(rows),
  )
  const times = placeLaplacian(layout, laplacian)
  const isProduct = order === 1 && sampling === undefined
  const z = sideBySide(scratch.products, order, width)
  const upsampled = sampling ? sideBySide(scratch.upsampled, order, width) : z
  const source = dense(input.values, input.width)
  const powers = sideBySide(scratch.products, order, input.width)
  const values = dense(output.values, width)
  const gradients = dense(output.gradients, width)
  const between = dense(scratch.recurrence, width)
  // b_k and b_{k+2} share memory, so that the last, b_0, comes to lie in the output.
  const sums = upsampled.map((last, k) => (k === order - 1 ? last : k % 2 === 0 ? values : between))
  const folded = z.map((_, k) => (k % 2 === 0 ? gradients : between))
  return {
    products: isProduct ? output.values : scratch.products,
    expand: (kernel) => {
      up(kernel, powers[0]!, source, input.width)
      for (let k = 1; k < order; k++) {
        const minus = powers[k - 2]
        times(kernel, k === 1 ? 1 : 2, powers[k - 1]!, powers[k]!, input.width, undefined, minus)
      }
    },
    gather: (kernel) => {
      if (isProduct) return
      if (order === 1) return up(kernel, values, z[0]!, width)
      if (sampling) up(kernel, upsampled[0]!, z[0]!, order * width)
      for (let k = order - 2; k >= 0; k--) {
        const factor = k === 0 ? 1 : 2
        times(kernel, factor, sums[k + 1]!, sums[k]!, width, upsampled[k], sums[k + 2])
      }
    },
    scatter: (kernel) => {
      for (let k = 0; k < order; k++) {
        const before = folded[k - 1]
        const factor = k === 1 ? 1 : 2
        if (before) times(kernel, factor, before, folded[k]!, width, undefined, folded[k - 2])
        down(kernel, z[k]!, folded[k]!, width)
      }
    },
  }
}
