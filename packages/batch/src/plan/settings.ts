import type { DetectOptions } from '@retinaface/core'
import type { Precision } from '@retinaface/node'

/** What is looked for in every picture of a run, and what is written of it; it holds for all machines. */
export interface BatchSettings {
  /** A shipped model, or an ONNX file, which lies at the same path on every machine. Default `'retinaface-500m'`. */
  readonly model?: string | { readonly file: string; readonly configuration: string }
  /** Default `'float32'`. */
  readonly precision?: Precision
  /** Pixels of the largest picture that is read. */
  readonly pixelLimit?: number
  /** How faces are looked for. */
  readonly detect?: Omit<
    DetectOptions,
    'signal' | 'onProgress' | 'mesh' | 'expressions' | 'contextFeatures'
  >
  /** Of the parts. Default `'parquet'`. */
  readonly format?: PartFormat
  /** Yaw, pitch and roll of each face, which need a model with meshes. Default true. */
  readonly pose?: boolean
  /** The latent of each face's mesh. Default false. */
  readonly latents?: boolean
  /** Side in pixels of the aligned crop that each face has in its row, a JPEG. Default: none. */
  readonly crops?: number
}

/** What parts are written as. */
export type PartFormat = 'parquet' | 'ndjson'
