import type { ViewerOptions } from '@retinaface/viewer'
import type { RetinaFaceViewerElement, ViewerElementEvents } from '@retinaface/viewer/element'

/** What `<retinaface-viewer>` can be given in a template: its options, and what it shows. */
export type ViewerAttributes = Partial<ViewerOptions> & {
  'pose-axes'?: boolean
  'auto-turn'?: boolean
  faces?: RetinaFaceViewerElement['faces'] | null
  image?: RetinaFaceViewerElement['image'] | null
  decoder?: RetinaFaceViewerElement['decoder'] | null
  targets?: RetinaFaceViewerElement['targets'] | null
}

/** Listeners as attributes: `onfaceselect` and so on. */
export type ViewerListeners = {
  [Type in keyof ViewerElementEvents as `on${Type}`]?: (
    event: CustomEvent<ViewerElementEvents[Type]>,
  ) => void
}
