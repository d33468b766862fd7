import type { Face } from '@retinaface/web'

/** What a page asks of the worker: to run code on a photo. */
export interface RunRequest {
  readonly code: string
  readonly photo: ImageBitmap
}

/** What can be drawn of a face. */
export type ShownFace = Pick<Face, 'box' | 'score' | 'landmarks'> & {
  readonly mesh: { readonly positions: Float32Array; readonly triangles: Int32Array } | undefined
}

/** What the worker tells the page while code runs. */
export type RunMessage =
  | { readonly kind: 'printed'; readonly text: string }
  | { readonly kind: 'shown'; readonly faces: readonly ShownFace[] }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly text: string }
