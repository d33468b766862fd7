import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import type { ModelConfiguration } from './model-configuration.ts'
import { MODEL_PRESETS } from './presets.ts'

/**
 * The built-in configuration of a name.
 *
 * @throws {InvalidArgumentError} listing the names there are.
 */
export function findPreset(name: string): ModelConfiguration {
  if (Object.hasOwn(MODEL_PRESETS, name)) return MODEL_PRESETS[name]!
  const known = Object.keys(MODEL_PRESETS).join(', ')
  throw new InvalidArgumentError('options.model.configuration', `one of ${known}`, name)
}
