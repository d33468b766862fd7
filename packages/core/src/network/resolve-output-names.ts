import { ModelMismatchError } from '../errors/detector-errors.ts'
import type { HeadName, ModelConfiguration, OutputConfiguration } from './model-configuration.ts'

/** The network's tensor names for one pyramid level (the same for every level in flat layouts). */
export interface LevelOutputNames extends Readonly<Record<HeadName, string>> {
  /** There where it has a tensor of its own. */
  readonly objectness?: string
  readonly contextFeatures?: string
}

type TensorName = HeadName | 'objectness'

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
  const named = levels.map(({ stride }) =>
    nameTensors(outputs, (head) => withStride(outputs.names[head] ?? '', stride)),
  )
  const isComplete = named.every((level) =>
    Object.values(level).every((name) => available.includes(name)),
  )
  const resolved = isComplete ? named : byPosition(configuration, available)
  return resolved.map((level, i) => {
    const contextFeatures =
      outputs.contextFeatures && withStride(outputs.contextFeatures, levels[i]!.stride)
    return contextFeatures && available.includes(contextFeatures)
      ? { ...level, contextFeatures }
      : level
  })
}

/** The names of a level's tensors, each asked for once. */
function nameTensors(
  { names }: OutputConfiguration,
  nameOf: (head: TensorName) => string,
): LevelOutputNames {
  const level = { score: nameOf('score'), box: nameOf('box'), landmarks: nameOf('landmarks') }
  return names.objectness === undefined ? level : { ...level, objectness: nameOf('objectness') }
}

function byPosition(
  { name, levels, outputs }: ModelConfiguration,
  available: readonly string[],
): LevelOutputNames[] {
  const heads: readonly TensorName[] = outputs.order
  const expected = new Set(
    levels.flatMap((_, i) => heads.map((head) => positionOf(outputs, head, i))),
  )
  if (available.length !== expected.size) {
    const wanted = levels.map(({ stride }) => withStride(outputs.names.score, stride))
    throw new ModelMismatchError(
      `The network's outputs do not fit the configuration "${name}": expected ${[...new Set(wanted)].join(', ')} and the boxes and landmarks beside them, or exactly ${expected.size} outputs in the order ${outputs.order.join(', ')}; the network has ${available.join(', ')}. Choose the preset that the network was exported with, or describe its outputs in a ModelConfiguration.`,
    )
  }
  return levels.map((_, i) =>
    nameTensors(outputs, (head) => available[positionOf(outputs, head, i)]!),
  )
}

function positionOf(
  { layout, order }: OutputConfiguration,
  head: TensorName,
  level: number,
): number {
  if (layout === 'cells') return level
  return (layout === 'flat' ? 0 : level * order.length) + order.indexOf(head)
}

function withStride(template: string, stride: number): string {
  return template.replaceAll('{stride}', String(stride))
}
