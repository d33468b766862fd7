import type { LayerDescription } from '../../src/decoder/decoder-architecture.ts'
import type { Activation } from '../../src/graph/activation.ts'

/**
 * A decoder over all levels: a linear layer to the coarsest, then an up-sampling and a convolution
 * a level; `channels` follow each but the last, which has 6.
 */
export function decoderLayers(
  levelCounts: readonly number[],
  channels: readonly number[],
  shape: { latentSize: number; K: number; activation: Activation },
): LayerDescription[] {
  const { latentSize, K, activation } = shape
  const widths = [...channels, 6]
  const layers: LayerDescription[] = [
    { type: 'linear', in: latentSize, out: [levelCounts[0]!, widths[0]!], activation },
  ]
  widths.slice(1).forEach((out, i) => {
    const isLast = i === widths.length - 2
    layers.push({ type: 'upsample', level: i })
    layers.push({
      type: 'chebyshev',
      level: i + 1,
      in: widths[i]!,
      out,
      K,
      activation: isLast ? 'none' : activation,
    })
  })
  return layers
}
