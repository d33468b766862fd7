import { InvalidArgumentError } from '@retinaface/core'
import { type AssetEntry, licenceWarning, MODELS, type ModelEntry } from '@retinaface/models'
import {
  type CustomModel,
  type FileSource,
  type ModelSource,
  resolveCustomModel,
} from './load-file.ts'

/**
 * The name of a model in `@retinaface/models`; one that is imported, as `mnet025` from
 * `@retinaface/models/research`, so that only pages that use it carry its files; or a network of your own.
 */
export type ModelOption = string | ModelEntry | CustomModel

/**
 * Says where a model lies.
 *
 * @throws {InvalidArgumentError} for an unknown model or preset
 */
export function findModel(model: ModelOption): ModelSource {
  if (typeof model !== 'string') {
    return isEntry(model) ? sourceOf(model) : resolveCustomModel(model)
  }
  const entry = MODELS.find(({ id }) => id === model)
  if (entry) return sourceOf(entry)
  const known = MODELS.map(({ id }) => id).join(', ')
  throw new InvalidArgumentError(
    'options.model',
    `one of ${known}; a model that is imported, as mnet025 from '@retinaface/models/research'; or { file, configuration }`,
    model,
  )
}

function isEntry(model: ModelEntry | CustomModel): model is ModelEntry {
  return typeof model === 'object' && model !== null && 'licence' in model
}

function sourceOf(entry: ModelEntry): ModelSource {
  const { landmarks, meshBranch, variants } = entry
  const warning = licenceWarning(entry)
  // biome-ignore lint/suspicious/noConsole: what a licence forbids has to be seen
  if (warning) console.warn(warning)
  const file = variants?.float32 ?? entry
  const { configuration } = file
  const isSlim = configuration.outputs.layout === 'cells'
  const network = { ...fileOf(file), configuration, isSlim }
  const model = landmarks ? { ...network, landmarks: fileOf(landmarks) } : network
  if (!meshBranch) return model
  const { topology, decoder, head, expressions } = meshBranch
  const mesh = { topology: fileOf(topology), decoder: fileOf(decoder), head: fileOf(head) }
  const branch = expressions ? { ...mesh, expressions: fileOf(expressions) } : mesh
  return { ...model, meshBranch: branch }
}

/** Where a shipped file lies. */
export function fileOf({ url, bytes, sha256 }: AssetEntry): FileSource {
  return { file: url.href, bytes, sha256 }
}
