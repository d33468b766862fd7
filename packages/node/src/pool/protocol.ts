import type { DetectOptions, PixelImage, SizedFaces } from '@retinaface/core'

/** A picture that can be posted to a worker. */
export type PostableSource = string | Uint8Array | PixelImage

/** What is asked of a worker; what stays out of `options` cannot be posted. */
export type PoolRequest =
  | {
      readonly kind: 'detect'
      readonly id: number
      readonly source: PostableSource
      readonly options: Omit<DetectOptions, 'signal' | 'onProgress'>
    }
  | { readonly kind: 'abort'; readonly id: number }
  | { readonly kind: 'close' }

/** What a worker says: that its detector is there, or what became of a picture. */
export type PoolReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly found: SizedFaces }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string }
