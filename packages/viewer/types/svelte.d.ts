import type { RetinaFaceViewerElement } from '@retinaface/viewer/element'
import type { HTMLAttributes } from 'svelte/elements'
import type { ViewerAttributes, ViewerListeners } from './attributes.d.ts'

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'retinaface-viewer': HTMLAttributes<RetinaFaceViewerElement> &
      ViewerAttributes &
      ViewerListeners
  }
}
