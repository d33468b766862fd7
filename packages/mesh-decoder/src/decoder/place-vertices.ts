import type { DecoderNetwork } from './decoder-network.ts'
import type { HeapLayout } from './heap-layout.ts'
import type { Kernel } from './kernel.ts'
import { type ImageMesh, VERTEX_CHANNELS } from './mesh-decoder.ts'
import type { Field } from './stage.ts'

/** Addresses of decoded vertices, and what writes them. */
export interface PlacedVertices {
  /** [vertices, 3]. */
  readonly canonical: number
  /** [vertices, 3]. */
  readonly colors: number
  /** [5, 4] see `Kernel.project`. */
  readonly matrix: number
  /** Canonical positions and colours from the network's output. */
  normalise(kernel: Kernel): void
  /** Projected positions from canonical ones. */
  project(kernel: Kernel): void
  /** The vertices that memory holds, in one new block: a block each would be thrice the garbage. */
  copy(heap: Float32Array): ImageMesh
}

export function placeVertices(
  layout: HeapLayout,
  { mean, scale, vertexCount }: DecoderNetwork,
  output: Field,
): PlacedVertices {
  const meanAddress = layout.place(padded(mean, output.width))
  const scaleAddress = layout.place(padded(scale, output.width))
  const size = vertexCount * 3
  // One more, as kernels store four numbers at a time.
  const canonical = layout.reserve(size + 1)
  const colors = layout.reserve(size + 1)
  const projected = layout.reserve(size + 1)
  const matrix = layout.reserve(20)
  return {
    canonical,
    colors,
    matrix,
    normalise: (kernel) => {
      kernel.normalise(output.values, meanAddress, scaleAddress, canonical, colors, vertexCount)
    },
    project: (kernel) => kernel.project(canonical, matrix, projected, vertexCount),
    copy: (heap) => {
      const block = heap.slice(canonical >> 2, (projected >> 2) + size)
      const part = (address: number) => {
        const start = (address - canonical) >> 2
        return block.subarray(start, start + size)
      }
      return { positions: part(projected), canonical: part(canonical), colors: part(colors) }
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
