import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { types } from 'node:util'
import { isMainThread } from 'node:worker_threads'
import {
  findPreset,
  InvalidArgumentError,
  type ModelConfiguration,
  ModelLoadError,
} from '@retinaface/core'
import {
  type AssetEntry,
  licenceWarning,
  type MeshBranchEntry,
  type ModelEntry,
  verifySha256,
} from '@retinaface/models'
import { ALL_MODELS } from '@retinaface/models/research'
import { isUrl } from './any-realm.ts'
import { systemReason } from './system-reason.ts'

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

/** Arithmetic of the network. */
export type Precision = 'float32' | 'int8'

const warned = new Set<string>()

/** Warns, once a model, if its makers allow research only. */
export function warnOfLicence(model: ModelOption): void {
  const entry = ALL_MODELS.find(({ id }) => id === model)
  const warning = entry && licenceWarning(entry)
  // Workers would say again what the thread that starts them has said.
  if (!warning || !isMainThread || warned.has(warning)) return
  warned.add(warning)
  process.emitWarning(warning, { code: 'RETINAFACE_RESEARCH_ONLY' })
}

/** A network's bytes and how to decode what it gives out. */
export interface NetworkFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly configuration: ModelConfiguration
}

/** A detector's files. */
export interface LoadedModel extends NetworkFile {
  /** Built by `@retinaface/models`: it runs in parts, and on pixels as they lie in pictures. */
  readonly isSlim: boolean
  /** The same in float32, where this is in int8: it gives out what this does not. */
  readonly exact?: NetworkFile
  /** There for shipped models whose landmarks are refined; loads the weights of that. */
  readonly loadLandmarks?: () => Promise<Uint8Array>
  /** There for shipped models that have a mesh branch: its files, which {@link readAsset} reads. */
  readonly meshBranch?: MeshBranchEntry
}

/**
 * Reads a model file and verifies it.
 *
 * @throws {InvalidArgumentError} for an unknown model or preset, or a precision that it has not
 * @throws {ModelLoadError} if the file cannot be read or is not the expected one
 */
export async function loadModel(model: ModelOption, precision: Precision): Promise<LoadedModel> {
  if (typeof model === 'string') return loadShipped(model, precision)
  expectCustomModel(model)
  if (precision !== 'float32') throw noVariant('a model of your own', precision)
  const { configuration } = model
  const preset = typeof configuration === 'string' ? findPreset(configuration) : configuration
  const bytes = await readOwn(model)
  return { bytes, configuration: preset, isSlim: false }
}

/** A file of the user's. */
export type OwnFile = Pick<CustomModel, 'file' | 'sha256'>

/** @throws {ModelLoadError} if a file of the user's cannot be read or is not the expected one */
export async function readOwn({ file, sha256 }: OwnFile): Promise<Uint8Array<ArrayBuffer>> {
  const isGiven = types.isUint8Array(file)
  const name = isGiven ? 'the model in memory' : String(file)
  const bytes = isGiven ? new Uint8Array(file) : await readModel(file, name)
  if (sha256 !== undefined) await verifySha256(bytes, sha256, name)
  return bytes
}

function expectCustomModel(model: CustomModel): void {
  const isGiven = typeof model === 'object' && model !== null
  const { file, configuration } = isGiven ? model : {}
  const isFile = typeof file === 'string' || isUrl(file) || types.isUint8Array(file)
  const isConfiguration = typeof configuration === 'string' || typeof configuration === 'object'
  if (isFile && isConfiguration && configuration !== null) return
  const expected =
    "a model's name or { file, configuration }: a path, URL or bytes, and a preset's name or a configuration,"
  throw new InvalidArgumentError('options.model', expected, model)
}

async function loadShipped(id: string, precision: Precision): Promise<LoadedModel> {
  const entry = ALL_MODELS.find((candidate) => candidate.id === id)
  if (!entry) {
    const known = ALL_MODELS.map((candidate) => candidate.id).join(', ')
    const expected = `one of ${known}, or { file, configuration }`
    throw new InvalidArgumentError('options.model', expected, id)
  }
  const networks = await loadNetworks(entry, precision)
  const { meshBranch, landmarks } = entry
  const loaded = landmarks ? { ...networks, loadLandmarks: () => readAsset(landmarks) } : networks
  return meshBranch ? { ...loaded, meshBranch } : loaded
}

async function loadNetworks(entry: ModelEntry, precision: Precision): Promise<LoadedModel> {
  const { variants } = entry
  if (!variants && precision !== 'float32') throw noVariant(entry.id, precision)
  const exact = variants?.float32 ?? entry
  const float32 = { bytes: await readAsset(exact), configuration: exact.configuration }
  const isSlim = exact.configuration.outputs.layout === 'cells'
  if (!variants || precision === 'float32') return { ...float32, isSlim }
  const { int8 } = variants
  const bytes = await readAsset(int8)
  return { bytes, configuration: int8.configuration, isSlim, exact: float32 }
}

function noVariant(name: string, precision: Precision): InvalidArgumentError {
  const having = ALL_MODELS.filter(({ variants }) => variants).map(({ id }) => id)
  const expected = `'float32' for ${name} (${having.join(' and ')} have 'int8' too)`
  return new InvalidArgumentError('options.precision', expected, precision)
}

/** Bundles have the shipped files elsewhere, in a folder that this variable names. */
const FOLDER = 'RETINAFACE_MODELS'

/** @throws {ModelLoadError} if a shipped file cannot be read or is not the expected one */
export async function readAsset(entry: AssetEntry): Promise<Uint8Array<ArrayBuffer>> {
  const { file, sha256, id } = entry
  const folder = process.env[FOLDER]
  try {
    const bytes = new Uint8Array(await readFile(folder ? join(folder, file) : entry.url))
    await verifySha256(bytes, sha256, id)
    return bytes
  } catch (error) {
    if (ModelLoadError.isInstance(error)) throw error
    const advice = folder
      ? `${FOLDER} names the folder in which it was looked for.`
      : `In a bundle, set ${FOLDER} to a folder with the files of assets/generated and weights of @retinaface/models, or leave @retinaface/node out of the bundle.`
    const reason = `${systemReason(error)} ${advice}`
    throw new ModelLoadError(`Could not read the model file ${file}: ${reason}`, error)
  }
}

async function readModel(file: string | URL, name: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const isAddress = typeof file !== 'string' || file.startsWith('file:')
    return new Uint8Array(await readFile(isAddress ? fileURLToPath(file) : file))
  } catch (error) {
    throw new ModelLoadError(`Could not read the model ${name}: ${systemReason(error)}`, error)
  }
}
