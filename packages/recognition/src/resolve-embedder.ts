import { InvalidArgumentError } from '@retinaface/core'
import type { AssetEntry } from '@retinaface/models'
import { DLIB_RESNET, dlibResnet } from './dlib-resnet.ts'
import type { EmbedderConfiguration } from './embedder/embedder.ts'
import { findEmbedderPreset } from './embedder/presets.ts'

/** An embedder of your own. */
export interface CustomEmbedder {
  /** The ONNX file's path (in Node.js) or URL, or its bytes. */
  readonly file: string | URL | Uint8Array
  /** How it takes faces: the name of a preset in `EMBEDDER_PRESETS`, or a configuration. */
  readonly configuration: string | EmbedderConfiguration
  /** When given, the file must have this SHA-256 (64 hexadecimal digits). */
  readonly sha256?: string
}

/** The embedder that ships with this package, or one of your own. */
export type EmbedderOption = 'dlib-resnet' | CustomEmbedder

/** An embedder's file, and how it takes faces. */
export interface ResolvedEmbedder {
  readonly source: AssetEntry | Pick<CustomEmbedder, 'file' | 'sha256'>
  readonly embedder: EmbedderConfiguration
}

/** @throws {InvalidArgumentError} for anything but an {@link EmbedderOption} */
export function resolveEmbedder(option: EmbedderOption = 'dlib-resnet'): ResolvedEmbedder {
  if (option === 'dlib-resnet') return { source: dlibResnet, embedder: DLIB_RESNET }
  const { configuration, ...source } = typeof option === 'object' && option !== null ? option : {}
  if (!('file' in source) || configuration === undefined || configuration === null) {
    const expected = "'dlib-resnet', or { file, configuration },"
    throw new InvalidArgumentError('options.embedder', expected, option)
  }
  const embedder =
    typeof configuration === 'string' ? findEmbedderPreset(configuration) : configuration
  return { source, embedder }
}
