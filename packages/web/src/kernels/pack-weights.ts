import type { KernelLayer, KernelStep } from './kernel-steps.ts'

/** Outputs that the convolution kernel computes at a time. */
export const BLOCK = 8

/** A layer's numbers in the order in which a kernel reads them. */
export interface PackedLayer {
  readonly weights: Float32Array
  readonly biases: Float32Array
  /** For the Winograd kernel, where it is worth it. */
  readonly transformed?: Float32Array
}

// With fewer inputs the transforms cost what the fewer multiplications save.
const winogradInputs = 32

/** Rounds up to whole blocks of outputs. */
export function wholeBlocks(channels: number): number {
  return Math.ceil(channels / BLOCK) * BLOCK
}

/** @param inputs channels of the input map, which may have more than the layer reads */
export function packLayer({ kind, layer }: LayerStep, inputs: number): PackedLayer {
  if (kind === 'depthwise') return packDepthwise(layer)
  const [, own = 0, window] = layer.weight.dims
  const packed = packDense(layer, inputs)
  const isWorthIt = window === 3 && layer.stride === 1 && own >= winogradInputs
  return isWorthIt ? { ...packed, transformed: transformWeights(layer) } : packed
}

type LayerStep = Extract<KernelStep, { layer: KernelLayer }>

/** By place in the window, then channel. */
function packDepthwise({ weight, bias }: KernelLayer): PackedLayer {
  const [channels = 0, , rows = 0, columns = 0] = weight.dims
  const places = rows * columns
  const weights = new Float32Array(weight.data.length)
  for (let channel = 0; channel < channels; channel++) {
    for (let place = 0; place < places; place++) {
      weights[place * channels + channel] = weight.data[channel * places + place]!
    }
  }
  return { weights, biases: bias }
}

/** By block of outputs, row of the window, column, input, output of the block; the rest is 0. */
function packDense({ weight, bias }: KernelLayer, inputs: number): PackedLayer {
  const [outputs = 0, own = 0, rows = 0, columns = 0] = weight.dims
  const places = rows * columns
  const weights = new Float32Array(wholeBlocks(outputs) * places * inputs)
  for (let output = 0; output < outputs; output++) {
    const block = Math.floor(output / BLOCK) * BLOCK * places * inputs + (output % BLOCK)
    for (let input = 0; input < own; input++) {
      for (let place = 0; place < places; place++) {
        const from = (output * own + input) * places + place
        weights[block + (place * inputs + input) * BLOCK] = weight.data[from]!
      }
    }
  }
  const biases = new Float32Array(wholeBlocks(outputs))
  biases.set(bias)
  return { weights, biases }
}

/** G g Gᵀ of each 3×3 window g, by place in the 4×4 result, block of outputs, input, output. */
function transformWeights({ weight }: KernelLayer): Float32Array {
  const [outputs = 0, inputs = 0] = weight.dims
  const place = wholeBlocks(outputs) * inputs
  const transformed = new Float32Array(16 * place)
  for (let output = 0; output < outputs; output++) {
    const block = Math.floor(output / BLOCK) * BLOCK * inputs + (output % BLOCK)
    for (let input = 0; input < inputs; input++) {
      const from = 9 * (output * inputs + input)
      const columns = [0, 1, 2].map((column) =>
        transformThree([0, 3, 6].map((row) => weight.data[from + row + column]!)),
      )
      for (let row = 0; row < 4; row++) {
        const values = transformThree(columns.map((column) => column[row]!))
        for (let column = 0; column < 4; column++) {
          transformed[(4 * row + column) * place + block + BLOCK * input] = values[column]!
        }
      }
    }
  }
  return transformed
}

/** G of Winograd's F(2, 3) times three values. */
function transformThree([a = 0, b = 0, c = 0]: readonly number[]): number[] {
  return [a, (a + b + c) / 2, (a - b + c) / 2, c]
}
