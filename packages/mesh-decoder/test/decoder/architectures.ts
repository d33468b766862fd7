import type { ActivationName, LayerDescription } from '../../src/decoder/decoder-architecture.ts'

/**
 * A decoder over all levels: a linear layer to the coarsest, then an up-sampling and a convolution
 * a level, activated but for the last; `channels` follow each but the last, which has 6.
 */
export function decoderLayers(
  levelCounts: readonly number[],
  channels: readonly number[],
  shape: { latentSize: number; K: number; activation: ActivationName },
): LayerDescription[] {
  const { latentSize, K, activation } = shape
  const layers: LayerDescription[] = [
    { type: 'linear', in: latentSize, out: [levelCounts[0]!, channels[0]!], activation },
  ]
  channels.forEach((inputs, i) => {
    const out = channels[i + 1] ?? 6
    const isLast = i === channels.length - 1
    layers.push({ type: 'upsample', level: i })
    layers.push({
      type: 'chebyshev',
      level: i + 1,
      in: inputs,
      out,
      K,
      activation: isLast ? 'none' : activation,
    })
  })
  return layers
}
