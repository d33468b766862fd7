import { activationLayer } from '../graph/activation.ts'
import { chebyshevLayer } from '../graph/chebyshev-layer.ts'
import type { Layer } from '../graph/layer.ts'
import { linearLayer } from '../graph/linear-layer.ts'
import { upsampleLayer } from '../graph/upsample-layer.ts'
import type { DecoderNetwork, DecoderStep } from './decoder-network.ts'

/** A decoder as the formulas have it, in double precision: the oracle of the fast ones. */
export interface PlainDecoder {
  /** [vertices × 6] for a latent. */
  decode(latent: ArrayLike<number>): Float64Array
  /** Gradient by the latent, from the gradient by the output ([vertices × 6]). */
  backward(latent: ArrayLike<number>, gradOutput: ArrayLike<number>): Float64Array
}

/** Make the plain decoder of a network. */
export function plainDecoder({ steps, mean, scale }: DecoderNetwork): PlainDecoder {
  const layers = steps.map(layerOf)
  const forward = (latent: ArrayLike<number>) => {
    const values: Float64Array[] = [Float64Array.from(latent)]
    for (const layer of layers) values.push(layer.forward(values.at(-1)!))
    return values
  }
  return {
    decode: (latent) =>
      forward(latent)
        .at(-1)!
        .map((value, i) => mean[i]! + scale[i]! * value),
    backward: (latent, gradOutput) => {
      const values = forward(latent)
      let gradient: Float64Array = Float64Array.from(gradOutput, (value, i) => value * scale[i]!)
      for (let i = layers.length - 1; i >= 0; i--) {
        gradient = layers[i]!.backward(values[i]!, values[i + 1]!, gradient)
      }
      return gradient
    },
  }
}

/** The plain layer of one step. */
export function layerOf(step: DecoderStep): Layer {
  switch (step.type) {
    case 'linear':
      return linearLayer(step.weight, step.bias)
    case 'upsample':
      return upsampleLayer(step.sampling, step.channels)
    case 'chebyshev':
      return chebyshevLayer(step.laplacian, step.weight, step.bias, step.order)
    case 'activation':
      return activationLayer(step.activation)
  }
}
