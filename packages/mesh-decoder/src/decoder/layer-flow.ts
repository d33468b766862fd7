import { WeightFileError } from '../errors/mesh-decoder-error.ts'
import type { LayerDescription } from './decoder-architecture.ts'

/** What flows between two layers: values at the vertices of one level. */
export interface Flow {
  readonly level: number
  readonly channels: number
}

/**
 * What comes out of a layer.
 *
 * @throws WeightFileError if the layer does not take what comes out of the one before.
 */
export function flowAfter(
  layer: LayerDescription,
  before: LayerDescription | undefined,
  flow: Flow | undefined,
  levelCounts: readonly number[],
  position: number,
): Flow {
  if (layer.type === 'linear') {
    const level = levelCounts.indexOf(layer.vertices)
    if (flow === undefined && level >= 0) return { level, channels: layer.channels }
    return refuse(position, `be the first, and give one of ${levelCounts.join(', ')} vertices`)
  }
  if (flow === undefined || before?.type === 'denormalise') {
    return refuse(position, 'come after a linear layer and before one that denormalises')
  }
  const { level, channels } = flow
  switch (layer.type) {
    case 'chebyshev':
      if (layer.level === level && layer.inputs === channels) {
        return { level, channels: layer.outputs }
      }
      return refuse(position, `take ${channels} channels on level ${level}`)
    case 'upsample':
      if (layer.from === level && layer.to === level + 1 && layer.to < levelCounts.length) {
        return { level: layer.to, channels }
      }
      return refuse(position, `go from level ${level} to the next of ${levelCounts.length}`)
    case 'activation':
      if (before?.type !== 'activation') return flow
      return refuse(position, 'be no activation, as the one before it is one')
    case 'denormalise':
      if (layer.vertices === levelCounts[level] && layer.channels === channels) return flow
      return refuse(position, `take [${levelCounts[level]}, ${channels}]`)
  }
}

function refuse(position: number, expectation: string): never {
  throw new WeightFileError(`Expected layers[${position}] of the architecture to ${expectation}.`)
}
