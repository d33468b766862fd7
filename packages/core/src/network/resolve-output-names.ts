import { ModelMismatchError } from '../errors/retinaface-error.ts'
import type { HeadName, ModelConfiguration, OutputConfiguration } from './model-configuration.ts'

/** The network's tensor names for one pyramid level (the same for every level in flat layouts). */
export interface LevelOutputNames extends Readonly<Record<HeadName, string>> {
  readonly features?: string
}

const heads: readonly HeadName[] = ['score', 'box', 'landmarks']

/**
 * Finds the outputs of each level by name or, when the names are not there, by position.
 *
 * @throws {ModelMismatchError} when neither fits, listing what the network has.
 */
export function resolveOutputNames(
  configuration: ModelConfiguration,
  available: readonly string[],
): LevelOutputNames[] {
  const { levels, outputs } = configuration
  const named = levels.map(({ stride }) => {
    const name = (head: HeadName) => withStride(outputs.names[head], stride)
    return { score: name('score'), box: name('box'), landmarks: name('landmarks') }
  })
  const complete = named.every((level) => heads.every((head) => available.includes(level[head])))
  const resolved = complete ? named : byPosition(configuration, available)
  return resolved.map((level, i) => {
    const features = outputs.features && withStride(outputs.features, levels[i]!.stride)
    return features && available.includes(features) ? { ...level, features } : level
  })
}

function byPosition(
  { name, levels, outputs }: ModelConfiguration,
  available: readonly string[],
): Record<HeadName, string>[] {
  const expected = new Set(
    levels.flatMap((_, i) => heads.map((head) => positionOf(outputs, head, i))),
  )
  if (available.length !== expected.size) {
    const wanted = levels.map(({ stride }) => withStride(outputs.names.score, stride))
    throw new ModelMismatchError(
      `The network's outputs do not fit the configuration "${name}": expected ${[...new Set(wanted)].join(', ')} and the boxes and landmarks beside them, or exactly ${expected.size} outputs in the order ${outputs.order.join(', ')}; the network has ${available.join(', ')}. Choose the preset that the network was exported with, or describe its outputs in a ModelConfiguration.`,
    )
  }
  return levels.map((_, i) => {
    const at = (head: HeadName) => available[positionOf(outputs, head, i)]!
    return { score: at('score'), box: at('box'), landmarks: at('landmarks') }
  })
}

function positionOf({ layout, order }: OutputConfiguration, head: HeadName, level: number): number {
  if (layout === 'cells') return level
  return (layout === 'flat' ? 0 : level * heads.length) + order.indexOf(head)
}

function withStride(template: string, stride: number): string {
  return template.replaceAll('{stride}', String(stride))
}
