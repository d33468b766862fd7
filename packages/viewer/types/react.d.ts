import type { RetinaFaceViewerElement } from '@retinaface/viewer/element'
import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { ViewerAttributes, ViewerListeners } from './attributes.d.ts'

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'retinaface-viewer': DetailedHTMLProps<
        HTMLAttributes<RetinaFaceViewerElement>,
        RetinaFaceViewerElement
      > &
        ViewerAttributes &
        ViewerListeners
    }
  }
}
