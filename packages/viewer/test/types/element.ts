import type { RetinaFaceViewerElement } from '@retinaface/viewer/element'

/** Compiles: the element's own events, and those of all elements. */
export function listen(viewer: RetinaFaceViewerElement): void {
  viewer.addEventListener('faceselect', ({ detail }) => detail.index?.toFixed())
  viewer.addEventListener('optionschange', ({ detail }) => detail.scene.trim())
  viewer.addEventListener('click', () => viewer.viewer?.resetView())
  document.querySelector('retinaface-viewer')?.viewer?.turn(1, 0)
  // @ts-expect-error The index is a number.
  viewer.addEventListener('faceselect', ({ detail }) => detail.index?.trim())
}
