import type { MorphTarget, MorphWeights } from '@retinaface/mesh-decoder'
import { createExpressionPanel, type FaceViewer, type ViewerFace } from '@retinaface/viewer'
import { element } from '../kit/element.ts'
import type { Stage } from '../kit/stage.ts'

/**
 * Sliders for the expression of the face in focus, or of the first that has a mesh.
 *
 * @returns tells them which faces are shown
 */
export function expressionSliders(
  stage: Stage,
  viewer: FaceViewer,
  targets: readonly MorphTarget[],
): (faces: readonly ViewerFace[]) => void {
  let faces: readonly ViewerFace[] = []
  let weights: MorphWeights[] = []
  const face = () => viewer.focusedFace ?? faces.findIndex(({ mesh }) => mesh !== undefined)
  const heading = element('strong', { textContent: 'Expression' })
  const block = element('div', { className: 'example-expressions', hidden: true }, [heading])
  stage.root.append(block)
  const panel = createExpressionPanel(block, targets, (moved) => {
    weights[face()] = moved
    viewer.setExpressions(face(), moved)
  })
  const show = () => {
    block.hidden = face() < 0
    if (block.hidden) return
    heading.textContent = `Expression of face ${face() + 1}`
    panel.show(faces[face()]?.expressions ?? {}, weights[face()])
  }
  viewer.addEventListener('faceselect', show)
  return (next) => {
    faces = next
    weights = []
    show()
  }
}
