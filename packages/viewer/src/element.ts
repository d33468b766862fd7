export { defineFaceViewerElement } from './element/define-face-viewer-element.ts'
export { RetinaFaceViewerElement } from './element/retinaface-viewer-element.ts'
export type { ViewerElementEvents } from './element/typed-events.ts'
