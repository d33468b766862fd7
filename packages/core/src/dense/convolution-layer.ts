import {
  type HeapLayout,
  type Kernel,
  PIECEWISE_LINEAR,
  paddedChannels,
} from '@retinaface/mesh-decoder/kernel'
import { type LinearLayer, placeLinear } from './linear-layer.ts'

/** A picture or map, the channels of a cell together. */
export interface CellShape {
  readonly rows: number
  readonly columns: number
  readonly channels: number
}

/** A square convolution with half its side as padding, and its stride. */
export interface ConvolutionStep {
  readonly side: number
  readonly stride: number
}

/** A convolution in a kernel's memory, with a ReLU after it. */
export interface PlacedConvolution {
  readonly shape: CellShape
  /** Where its outputs are. */
  readonly address: number
  run(kernel: Kernel, memory: ArrayBuffer): void
}

/**
 * Places a convolution in memory: a matrix product of windows and weights.
 *
 * @param layer weights [outputs, side × side × channels], a window's cells row by row
 * @param from where its inputs are
 */
export function placeConvolution(
  layout: HeapLayout,
  layer: LinearLayer,
  { side, stride }: ConvolutionStep,
  input: CellShape,
  from: number,
): PlacedConvolution {
  const shape = {
    rows: Math.ceil(input.rows / stride),
    columns: Math.ceil(input.columns / stride),
    channels: layer.bias.length,
  }
  const cells = shape.rows * shape.columns
  const width = paddedChannels(side * side * input.channels)
  const windows = layout.reserve(cells * width)
  const address = layout.reserve(cells * shape.channels)
  const product = placeLinear(layout, layer, width)
  return {
    shape,
    address,
    run: (kernel, memory) => {
      gatherWindows(
        new Float32Array(memory),
        from / 4,
        input,
        { side, stride },
        shape,
        windows / 4,
        width,
      )
      product(kernel, windows, width, address, shape.channels, cells)
      kernel.activate(address, cells * shape.channels, PIECEWISE_LINEAR, 0)
    },
  }
}

/**
 * Writes the window of each cell as a row; what is beyond the border stays zero.
 *
 * @param from where the map is in memory, in numbers
 * @param to where the rows are
 */
function gatherWindows(
  memory: Float32Array,
  from: number,
  { rows, columns, channels }: CellShape,
  { side, stride }: ConvolutionStep,
  out: CellShape,
  to: number,
  width: number,
): void {
  const padding = (side - 1) / 2
  for (let row = 0, start = to; row < out.rows; row++) {
    const top = row * stride - padding
    const firstRow = Math.max(top, 0)
    const endRow = Math.min(top + side, rows)
    for (let column = 0; column < out.columns; column++, start += width) {
      const left = column * stride - padding
      const first = Math.max(left, 0)
      const end = Math.min(left + side, columns)
      for (let y = firstRow; y < endRow; y++) {
        const target = start + ((y - top) * side + first - left) * channels
        const source = from + y * columns * channels
        memory.copyWithin(target, source + first * channels, source + end * channels)
      }
    }
  }
}
