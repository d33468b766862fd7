import type { RetinaFaceViewerElement } from '../../../src/element.ts'
import { part } from './part.ts'

/** Lists the faces that are shown, as buttons that bring one close, or all. */
export function listFaces(viewer: RetinaFaceViewerElement): void {
  const places = viewer.faces.flatMap((face, index) => (face.mesh ? [index] : []))
  const chips = places.length > 1 ? [null, ...places] : places
  part('face-list', HTMLElement).replaceChildren(...chips.map((index) => chip(viewer, index)))
  part('faces', HTMLFieldSetElement).hidden = chips.length === 0
  markFace(viewer)
}

/** Marks the face in focus. */
export function markFace(viewer: RetinaFaceViewerElement): void {
  const focused = viewer.viewer?.focusedFace ?? null
  for (const button of part('face-list', HTMLElement).querySelectorAll('button')) {
    const isFocused = button.value === String(focused)
    button.ariaPressed = String(isFocused)
  }
}

function chip(viewer: RetinaFaceViewerElement, index: number | null): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.value = String(index)
  button.textContent = index === null ? 'All' : String(index + 1)
  if (index !== null) button.ariaLabel = describe(viewer, index)
  button.addEventListener('click', () => viewer.viewer?.focusFace(index))
  return button
}

/** As in `Face 2, score 98 %, turned 12° to the right of the picture`. */
function describe({ faces }: RetinaFaceViewerElement, index: number): string {
  const { score, pose } = faces[index]!
  const parts = [`Face ${index + 1}`]
  if (score !== undefined) parts.push(`score ${Math.round(score * 100)} %`)
  if (pose && Math.abs(pose.yaw) >= 1) {
    const side = pose.yaw > 0 ? 'right' : 'left'
    parts.push(`turned ${Math.round(Math.abs(pose.yaw))}° to the ${side} of the picture`)
  }
  return parts.join(', ')
}
