import type { DetectOptions, DetectProgress, PixelImage, SizedFaces } from '@retinaface/core'
import type { CreateOptions } from '../create-options.ts'

/** A picture that can be posted to a worker. */
export type PostableSource = string | Uint8Array | PixelImage

/** What a worker is started with. */
export interface WorkerStart {
  readonly options: CreateOptions
  /** See {@link endBeforeProcess}. */
  readonly life: Int32Array<SharedArrayBuffer>
}

/**
 * What is asked of a worker: `close` lets it finish what it has, `end` does not. What stays out of
 * `options` cannot be posted.
 */
export type PoolRequest =
  | {
      readonly kind: 'detect'
      readonly id: number
      readonly source: PostableSource
      readonly options: Omit<DetectOptions, 'signal' | 'onProgress'>
      /** It is to tell how far the picture is. */
      readonly tells: boolean
    }
  | { readonly kind: 'abort'; readonly id: number }
  | { readonly kind: 'close' | 'end' }

/** What a worker says: that its detector is there, how far a picture is, or what became of it. */
export type PoolReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: DetectProgress }
  | { readonly kind: 'done'; readonly id: number; readonly found: SizedFaces }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string }
