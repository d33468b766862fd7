import { InvalidArgumentError } from '@retinaface/core'
import { type AssetEntry, MODELS } from '@retinaface/models'
import {
  type CustomModel,
  type FileSource,
  type ModelSource,
  resolveCustomModel,
} from './load-file.ts'

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
    const { landmarks, meshBranch, variants } = entry
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
  const known = MODELS.map(({ id }) => id).join(', ')
  throw new InvalidArgumentError(
    'options.model',
    `one of ${known}, or { file, configuration }`,
    model,
  )
}

/** Where a shipped file lies. */
export function fileOf({ url, bytes, sha256 }: AssetEntry): FileSource {
  return { file: url.href, bytes, sha256 }
}
