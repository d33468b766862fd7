import { BufferAttribute, BufferGeometry, Mesh, type Object3D, Points } from 'three'
import type { ShownFace } from '../face/shown-face.ts'
import type { ViewerOptions } from '../options/viewer-options.ts'
import { LANDMARK_COLORS } from '../scene/appearance.ts'
import { anchorGeometry, axesGeometry } from './mark-geometries.ts'
import { type MarkMaterials, markMaterials } from './mark-materials.ts'

/** Makes marks that share their shapes and materials. */
export class MarkKit {
  readonly materials: MarkMaterials = markMaterials()
  readonly axes: BufferGeometry = axesGeometry()
  readonly anchor: BufferGeometry = anchorGeometry()

  dispose(): void {
    this.axes.dispose()
    this.anchor.dispose()
    this.materials.solid.dispose()
    this.materials.disc.dispose()
    this.materials.occluder.dispose()
  }
}

/** Landmarks, axes and anchor box of one face. */
export class MarkObjects {
  readonly landmarks: Points<BufferGeometry>
  readonly axes: Mesh
  readonly anchor: Mesh
  private readonly face: ShownFace

  constructor(face: ShownFace, kit: MarkKit) {
    this.face = face
    this.landmarks = new Points(landmarkGeometry(face), kit.materials.disc)
    this.axes = new Mesh(kit.axes, kit.materials.solid)
    this.anchor = new Mesh(kit.anchor, kit.materials.solid)
    this.all.forEach((object, order) => {
      object.matrixAutoUpdate = false
      object.frustumCulled = false
      object.renderOrder = order + 1
    })
  }

  get all(): Object3D[] {
    return [this.anchor, this.axes, this.landmarks]
  }

  /** Brings what is drawn up to date. */
  sync(options: ViewerOptions, isShown: boolean): void {
    const { face, landmarks, axes, anchor } = this
    landmarks.visible = isShown && options.landmarks
    axes.visible = isShown && options.poseAxes
    anchor.visible = isShown && options.anchors
    const { matrix, fromCamera } = face.placement
    if (landmarks.visible) {
      landmarks.matrix.copy(fromCamera)
      landmarks.geometry.getAttribute('position').needsUpdate = true
      landmarks.geometry.setDrawRange(0, face.landmarkCount)
    }
    if (axes.visible) axes.matrix.copy(matrix)
    if (anchor.visible) placeAnchor(face, anchor)
    landmarks.matrixWorldNeedsUpdate = true
    axes.matrixWorldNeedsUpdate = true
    anchor.matrixWorldNeedsUpdate = true
  }

  dispose(): void {
    this.landmarks.geometry.dispose()
  }
}

/** The anchor's camera looks at its middle, so its box is about the axis, as far as the head. */
function placeAnchor(face: ShownFace, anchor: Mesh): void {
  const distance = -face.camera[2]!
  const side = (face.anchor.size * distance) / face.focalLength
  anchor.matrix.makeScale(side, side, 1).setPosition(0, 0, -distance)
  anchor.matrix.premultiply(face.placement.fromCamera)
}

function landmarkGeometry({ landmarks }: ShownFace): BufferGeometry {
  const colors = Float32Array.from(LANDMARK_COLORS.flat())
  return new BufferGeometry()
    .setAttribute('position', new BufferAttribute(landmarks, 3))
    .setAttribute('color', new BufferAttribute(colors, 3))
}
