import { RetinaFaceViewerElement } from './retinaface-viewer-element.ts'

declare global {
  interface HTMLElementTagNameMap {
    'retinaface-viewer': RetinaFaceViewerElement
  }
}

/** Makes `<retinaface-viewer>` known to the page; again does nothing. */
export function defineFaceViewerElement(): void {
  if (customElements.get('retinaface-viewer')) return
  customElements.define('retinaface-viewer', RetinaFaceViewerElement)
}
