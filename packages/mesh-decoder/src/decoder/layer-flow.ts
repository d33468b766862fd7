import { WeightFileError } from '../errors/mesh-errors.ts'
import type { LayerDescription } from './decoder-architecture.ts'

/** What flows between two layers: values at the vertices of one level. */
export interface Flow {
  readonly level: number
  readonly channels: number
}

/**
 * What comes out of a layer that takes `flow`, which is undefined for the first.
 *
 * @throws WeightFileError if the layer does not take what comes out of the one before.
 */
export function flowAfter(
  layer: LayerDescription,
  flow: Flow | undefined,
  levelCounts: readonly number[],
  position: number,
): Flow {
  if (layer.type === 'linear') {
    const [vertices, channels] = layer.out
    const level = levelCounts.indexOf(vertices)
    if (flow === undefined && level >= 0) return { level, channels }
    return refuse(position, `be the first, and give one of ${levelCounts.join(', ')} vertices`)
  }
  if (flow === undefined) return refuse(position, 'be linear, as it is the first')
  const { level, channels } = flow
  if (layer.type === 'chebyshev') {
    if (layer.level === level && layer.in === channels) return { level, channels: layer.out }
    return refuse(position, `take ${channels} channels on level ${level}`)
  }
  if (layer.level === level && level + 1 < levelCounts.length) return { level: level + 1, channels }
  return refuse(position, `go from level ${level} to a next one of ${levelCounts.length}`)
}

function refuse(position: number, expectation: string): never {
  throw new WeightFileError(`Expected layers[${position}] of the architecture to ${expectation}.`)
}
