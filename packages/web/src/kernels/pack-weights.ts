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
  // G g, four rows of three.
  const rows = new Float64Array(12)
  for (let output = 0; output < outputs; output++) {
    const block = Math.floor(output / BLOCK) * BLOCK * inputs + (output % BLOCK)
    for (let input = 0; input < inputs; input++) {
      const window = 9 * (output * inputs + input)
      const to = block + BLOCK * input
      for (let i = 0; i < 3; i++) transformThree(weight.data, window + i, 3, rows, i, 3)
      for (let i = 0; i < 4; i++) {
        transformThree(rows, 3 * i, 1, transformed, to + 4 * i * place, place)
      }
    }
  }
  return transformed
}

/** G of Winograd's F(2, 3) times three values, which makes four. */
function transformThree(
  src: Float32Array | Float64Array,
  from: number,
  step: number,
  dst: Float32Array | Float64Array,
  to: number,
  toStep: number,
): void {
  const a = src[from]!
  const b = src[from + step]!
  const c = src[from + 2 * step]!
  dst[to] = a
  dst[to + toStep] = (a + b + c) / 2
  dst[to + 2 * toStep] = (a - b + c) / 2
  dst[to + 3 * toStep] = c
}
