import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import {
  InvalidArgumentError,
  MODEL_PRESETS,
  type ModelConfiguration,
  ModelLoadError,
} from '@retinaface/core'
import { MODELS, verifySha256 } from '@retinaface/models'

/** A network of your own. */
export interface CustomModel {
  /** The ONNX file's path, `file:` URL or bytes. */
  readonly file: string | URL | Uint8Array
  /** How it was exported: the name of a preset in `MODEL_PRESETS`, or a configuration. */
  readonly configuration: string | ModelConfiguration
  /** When given, the file must have this SHA-256 (64 hexadecimal digits). */
  readonly sha256?: string
}

/** The name of a model in `@retinaface/models`, or a network of your own. */
export type ModelOption = string | CustomModel

/** A network's bytes and how to decode what it gives out. */
export interface LoadedModel {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly configuration: ModelConfiguration
}

/**
 * Reads a model file and verifies it.
 *
 * @throws {InvalidArgumentError} for an unknown model or preset
 * @throws {ModelLoadError} if the file cannot be read or is not the expected one
 */
export async function loadModel(model: ModelOption): Promise<LoadedModel> {
  const { file, configuration, sha256 } = typeof model === 'string' ? shippedModel(model) : model
  const name = file instanceof Uint8Array ? 'the model in memory' : String(file)
  const preset = typeof configuration === 'string' ? findPreset(configuration) : configuration
  const bytes = file instanceof Uint8Array ? new Uint8Array(file) : await readModel(file, name)
  if (sha256 !== undefined) await verifySha256(bytes, sha256, name)
  return { bytes, configuration: preset }
}

function shippedModel(id: string): CustomModel {
  const entry = MODELS.find((candidate) => candidate.id === id)
  if (!entry) {
    const known = MODELS.map((candidate) => candidate.id).join(', ')
    throw new InvalidArgumentError(
      'options.model',
      `one of ${known}, or { file, configuration }`,
      id,
    )
  }
  return { file: entry.url, configuration: entry.configuration, sha256: entry.sha256 }
}

function findPreset(name: string): ModelConfiguration {
  const preset = MODEL_PRESETS[name]
  if (preset) return preset
  const known = Object.keys(MODEL_PRESETS).join(', ')
  throw new InvalidArgumentError('options.model.configuration', `one of ${known}`, name)
}

async function readModel(file: string | URL, name: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const isUrl = file instanceof URL || file.startsWith('file:')
    return new Uint8Array(await readFile(isUrl ? fileURLToPath(file) : file))
  } catch (error) {
    throw new ModelLoadError(`Could not read the model ${name}: ${String(error)}`, error)
  }
}
