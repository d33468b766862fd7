import { InvalidArgumentError } from '@retinaface/core'
import { MODELS } from '@retinaface/models'
import { type CustomModel, type ModelSource, resolveCustomModel } from './load-model.ts'

/** The name of a model in `@retinaface/models`, or a network of your own. */
export type ModelOption = string | CustomModel

/**
 * Says where a model lies.
 *
 * @throws {InvalidArgumentError} for an unknown model or preset
 */
export function findModel(model: ModelOption): ModelSource {
  if (typeof model !== 'string') return resolveCustomModel(model)
  const entry = MODELS.find((candidate) => candidate.id === model)
  if (entry) {
    const { url, configuration, bytes, sha256 } = entry
    return { file: url.href, configuration, bytes, sha256 }
  }
  const known = MODELS.map(({ id }) => id).join(', ')
  throw new InvalidArgumentError(
    'options.model',
    `one of ${known}, or { file, configuration }`,
    model,
  )
}
