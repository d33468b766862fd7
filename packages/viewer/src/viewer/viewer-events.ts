import type { ViewerOptions } from '../options/viewer-options.ts'

/** The events of a viewer, and what their `detail` is. */
export interface ViewerEvents {
  /** A face came into focus, or, with null, the whole scene. */
  readonly faceselect: { readonly index: number | null }
  /** Options changed, by `setOptions` or by a key. */
  readonly optionschange: ViewerOptions
  /** WebGL's context is gone; the viewer draws again when the browser gives it back. */
  readonly contextlost: null
  readonly contextrestored: null
}
