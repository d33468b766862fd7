import type {
  ActivationDescription,
  LayerDescription,
} from '../../src/decoder/decoder-architecture.ts'

export const ACTIVATIONS: readonly ActivationDescription[] = [
  { type: 'activation', kind: 'relu' },
  { type: 'activation', kind: 'leaky-relu', slope: 0.2 },
  { type: 'activation', kind: 'elu' },
]

/**
 * A decoder over all levels: a linear layer to the coarsest, then an up-sampling and a convolution
 * a level, activated but for the last; `channels` follow each but the last, which has 6.
 */
export function decoderLayers(
  levelCounts: readonly number[],
  channels: readonly number[],
  shape: { latentSize: number; order: number; activation: ActivationDescription },
): LayerDescription[] {
  const { latentSize, order, activation } = shape
  const [first] = channels as [number]
  const layers: LayerDescription[] = [
    { type: 'linear', inputs: latentSize, vertices: levelCounts[0]!, channels: first },
  ]
  channels.forEach((inputs, i) => {
    const outputs = channels[i + 1] ?? 6
    layers.push(activation)
    layers.push({ type: 'upsample', from: i, to: i + 1 })
    layers.push({ type: 'chebyshev', level: i + 1, order, inputs, outputs })
  })
  return [...layers, { type: 'denormalise', vertices: levelCounts.at(-1)!, channels: 6 }]
}
