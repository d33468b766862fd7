import { type HeapLayout, type Kernel, PIECEWISE_LINEAR } from '@retinaface/mesh-decoder'
import { paddedChannels } from '@retinaface/mesh-decoder'
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
      const values = new Float32Array(memory, from, input.rows * input.columns * input.channels)
      const to = new Float32Array(memory, windows, cells * width)
      gatherWindows(values, input, { side, stride }, shape, to, width)
      product(kernel, windows, width, address, shape.channels, cells)
      kernel.activate(address, cells * shape.channels, PIECEWISE_LINEAR, 0)
    },
  }
}

/** Writes the window of each cell as a row; what is beyond the border stays zero. */
function gatherWindows(
  values: Float32Array,
  { rows, columns, channels }: CellShape,
  { side, stride }: ConvolutionStep,
  out: CellShape,
  to: Float32Array,
  width: number,
): void {
  const padding = (side - 1) / 2
  for (let row = 0, start = 0; row < out.rows; row++) {
    for (let column = 0; column < out.columns; column++, start += width) {
      const left = column * stride - padding
      const first = Math.max(left, 0)
      const end = Math.min(left + side, columns)
      for (let i = 0; i < side; i++) {
        const y = row * stride - padding + i
        if (y < 0 || y >= rows) continue
        const source = values.subarray((y * columns + first) * channels, (y * columns + end) * channels)
        to.set(source, start + (i * side + first - left) * channels)
      }
    }
  }
}
