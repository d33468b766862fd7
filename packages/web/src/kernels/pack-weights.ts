import type { KernelLayer, KernelStep } from './kernel-steps.ts'

/** Outputs that the convolution kernel computes at a time. */
export const BLOCK = 8

/** A layer's numbers in the order in which a kernel reads them. */
export interface PackedLayer {
  readonly weights: Float32Array
  readonly biases: Float32Array
}

/** Rounds up to whole blocks of outputs. */
export function wholeBlocks(channels: number): number {
  return Math.ceil(channels / BLOCK) * BLOCK
}

/** @param inputs channels of the input map, which may have more than the layer reads */
export function packLayer({ kind, layer }: LayerStep, inputs: number): PackedLayer {
  return kind === 'depthwise' ? packDepthwise(layer) : packDense(layer, inputs)
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
