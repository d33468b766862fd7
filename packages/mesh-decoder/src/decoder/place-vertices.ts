import type { Sampling } from '../topology/sampling.ts'
import type { Kernel } from '../wasm/kernel.ts'
import type { DecoderNetwork } from './decoder-network.ts'
import type { HeapLayout } from './heap-layout.ts'
import { VERTEX_CHANNELS } from './mesh-decoder.ts'
import { dense } from './rows.ts'
import {
  identityRows,
  placeRows,
  placeSparse,
  samplingRows,
  transposedSamplingRows,
} from './sparse-rows.ts'
import type { Field } from './stage.ts'

/** The end of a decoder: from the last stage's output to vertices. */
export interface PlacedVertices {
  /** Address of canonical positions, [vertices, 3]. */
  readonly canonical: number
  /** Address of colours, [vertices, 3]. */
  readonly colors: number
  /** Address of gradients by the vertices before they are scaled, [vertices, width]. */
  readonly gradients: number
  /** Address of a matrix, [5, 4], see `Kernel.project`. */
  readonly matrix: number
  /** Canonical positions and colours. */
  place(kernel: Kernel): void
  /** Gradients by the last stage's output from `gradients`. */
  backward(kernel: Kernel): void
  /** Positions in a picture, by the matrix, in a new array. */
  project(kernel: Kernel, heap: Float32Array): Float32Array
}

/** @param finish from the rows of `output` to the vertices, if they are not the same */
export function placeVertices(
  layout: HeapLayout,
  { mean, scale, vertexCount }: DecoderNetwork,
  output: Field,
  finish: Sampling | undefined,
): PlacedVertices {
  const { width, values } = output
  const rows = finish ? samplingRows(finish) : identityRows(vertexCount)
  const { starts, indices, weights } = placeRows(layout, rows)
  const down = finish && placeSparse(layout, transposedSamplingRows(finish, output.rows))
  const gradients = finish ? layout.reserve(vertexCount * width) : output.gradients
  const meanAddress = layout.place(padded(mean, width))
  const scaleAddress = layout.place(padded(scale, width))
  const size = vertexCount * 3
  // One more, as kernels store four numbers at a time.
  const canonical = layout.reserve(size + 1)
  const colors = layout.reserve(size + 1)
  const positions = layout.reserve(size + 1)
  const matrix = layout.reserve(20)
  const source = [starts, indices, weights, values, width * 4, meanAddress, scaleAddress] as const
  const place = (kernel: Kernel) => kernel.place(canonical, colors, vertexCount, ...source)
  return {
    canonical,
    colors,
    gradients,
    matrix,
    place,
    backward: (kernel) =>
      down?.(kernel, dense(output.gradients, width), dense(gradients, width), width),
    project: (kernel, heap) => {
      kernel.project(positions, vertexCount, ...source, matrix)
      return heap.slice(positions >> 2, (positions >> 2) + size)
    },
  }
}

/** Rows of 6 numbers as rows of `width`. */
function padded(values: Float32Array, width: number): Float32Array {
  const rows = values.length / VERTEX_CHANNELS
  const result = new Float32Array(rows * width)
  for (let row = 0; row < rows; row++) {
    const from = row * VERTEX_CHANNELS
    result.set(values.subarray(from, from + VERTEX_CHANNELS), row * width)
  }
  return result
}
