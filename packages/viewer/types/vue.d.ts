import type { RetinaFaceViewerElement, ViewerElementEvents } from '@retinaface/viewer/element'
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue'
import type { ViewerAttributes } from './attributes.d.ts'

type Emits = {
  [Type in keyof ViewerElementEvents]: (event: CustomEvent<ViewerElementEvents[Type]>) => void
}

type ViewerComponent = new () => RetinaFaceViewerElement & {
  $props: HTMLAttributes & ViewerAttributes & PublicProps
  $emit: EmitFn<Emits>
}

declare module 'vue' {
  interface GlobalComponents {
    'retinaface-viewer': ViewerComponent
    RetinafaceViewer: ViewerComponent
  }
}
