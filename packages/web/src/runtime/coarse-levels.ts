import type { ModelConfiguration } from '@retinaface/core'

/**
 * Below this size, in pixels of the network's input, the finest level finds what the next does not; as
 * in `@retinaface/node`.
 */
export const COARSE_MIN_FACE_SIZE = 48

/** A configuration for larger faces, whose network need not compute the finest level. */
export function withoutFinestLevel(configuration: ModelConfiguration): ModelConfiguration {
  const levels = configuration.levels.toSorted((a, b) => b.stride - a.stride).slice(0, -1)
  return { ...configuration, levels }
}
