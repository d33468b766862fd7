import type { MorphWeights } from '@retinaface/mesh-decoder'
import type { RetinaFaceViewerElement } from '../../../src/element.ts'
import { createExpressionPanel, type ExpressionPanel } from '../../../src/index.ts'
import type { FaceModel } from '../content/face-model.ts'
import { part } from './part.ts'

/** Sliders of the coefficients of expression, which move the face at once. */
export class ExpressionSliders {
  private readonly viewer: RetinaFaceViewerElement
  private readonly panel: ExpressionPanel
  /** Numbers of a mesh that the targets fit. */
  private readonly meshSize: number
  /** What was set of each face. */
  private readonly settings = new Map<number, MorphWeights>()
  private index: number | undefined

  constructor(viewer: RetinaFaceViewerElement, { targets }: FaceModel) {
    this.viewer = viewer
    this.meshSize = targets[0]!.displacements.length
    const place = part('expression-sliders', HTMLElement)
    this.panel = createExpressionPanel(place, targets, (weights) => this.change(weights))
  }

  /** Forgets what was set: other faces are shown. */
  clear(): void {
    this.settings.clear()
  }

  /** Shows the sliders of a face, if it has a mesh that the targets fit. */
  show(index: number | undefined): void {
    const face = index === undefined ? undefined : this.viewer.faces[index]
    const canMove = face?.mesh?.canonical.length === this.meshSize
    part('expressions', HTMLElement).hidden = !canMove
    this.index = canMove ? index : undefined
    if (face) this.panel.show(face.expressions ?? {}, this.settings.get(index!))
  }

  /** Gives the face what was set again, after its mesh was made anew. */
  apply(): void {
    const weights = this.index === undefined ? undefined : this.settings.get(this.index)
    if (weights) this.viewer.viewer?.setExpressions(this.index!, weights)
  }

  private change(weights: MorphWeights): void {
    if (this.index === undefined) return
    this.settings.set(this.index, weights)
    this.apply()
  }
}
