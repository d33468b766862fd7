import { findPreset, type ModelConfiguration, ModelLoadError } from '@retinaface/core'
import type { DenseFiles } from '@retinaface/core/platform'
import { verifySha256 } from '@retinaface/models'
import { download } from './download.ts'
import type { LoadProgress } from './load-progress.ts'

/** A network of your own. */
export interface CustomModel {
  /** The ONNX file's URL or bytes. */
  readonly file: string | URL | Uint8Array
  /** How it was exported: the name of a preset in `MODEL_PRESETS`, or a configuration. */
  readonly configuration: string | ModelConfiguration
  /** When given, the file must have this SHA-256 (64 hexadecimal digits). */
  readonly sha256?: string
}

/** Where a file lies and how it is checked: plain data, for workers too. */
export interface FileSource {
  readonly file: string | Uint8Array
  readonly bytes?: number
  readonly sha256?: string
}

/** A network's file, what decodes its outputs, and the files of its mesh branch if it has one. */
export interface ModelSource extends FileSource {
  readonly configuration: ModelConfiguration
  /** Of steps that our own kernels have, with an output for each level. */
  readonly isSlim?: boolean
  readonly meshBranch?: DenseFiles<FileSource>
  /** The weights of the refinement of landmarks, for networks that have such a part. */
  readonly landmarks?: FileSource
}

/**
 * Fetches a file and verifies it.
 *
 * @throws {ModelLoadError} if the file cannot be fetched or is not the expected one
 */
export async function loadFile(
  { file, bytes: expected, sha256 }: FileSource,
  onProgress?: (progress: LoadProgress) => void,
): Promise<Uint8Array> {
  if (typeof file === 'string') {
    const bytes = await download(file, expected, onProgress)
    await verify(bytes, file, expected, sha256)
    return bytes
  }
  if (sha256 !== undefined) await verifySha256(new Uint8Array(file), sha256, 'the model in memory')
  return file
}

async function verify(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  expected: number | undefined,
  sha256: string | undefined,
): Promise<void> {
  if (expected !== undefined && bytes.length !== expected) {
    throw new ModelLoadError(
      `The model ${name} is not the expected file: expected ${expected} bytes but received ${bytes.length}. It was cut short or replaced; deploy it again.`,
    )
  }
  // Browsers compute no SHA-256 in pages without HTTPS. There the length is all that is checked of
  // the shipped models, which come from where the code comes from; others are refused.
  if (sha256 === undefined || (expected !== undefined && !globalThis.isSecureContext)) return
  await verifySha256(bytes, sha256, name)
}

/**
 * Turns a custom model into plain data.
 *
 * @throws {InvalidArgumentError} for an unknown preset
 */
export function resolveCustomModel({ configuration, ...file }: CustomModel): ModelSource {
  return {
    ...resolveFile(file),
    configuration: typeof configuration === 'string' ? findPreset(configuration) : configuration,
  }
}

/** Turns a file of the user's into plain data. */
export function resolveFile({ file, sha256 }: Pick<CustomModel, 'file' | 'sha256'>): FileSource {
  return {
    file: ArrayBuffer.isView(file) ? file : new URL(file, globalThis.location.href).href,
    ...(sha256 === undefined ? {} : { sha256 }),
  }
}
