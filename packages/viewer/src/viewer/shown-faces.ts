import { isDrawable } from '../face/check-faces.ts'
import { ShownFace } from '../face/shown-face.ts'
import type { ViewerFace } from '../face/viewer-face.ts'
import type { PictureSize } from '../scene/picture-camera.ts'

/** The faces that are shown; their arrays live on from one list of faces to the next. */
export class ShownFaces {
  /** Those that have a mesh, in their order. */
  readonly drawn: ShownFace[] = []
  /** How many faces the viewer was given. */
  count = 0
  private readonly pool: ShownFace[] = []

  /** Shows checked faces. */
  set(faces: readonly ViewerFace[]): void {
    this.count = faces.length
    this.drawn.length = 0
    for (let i = 0; i < faces.length; i++) {
      const face = faces[i]!
      if (!isDrawable(face)) continue
      const place = this.drawn.length
      let shown = this.pool[place]
      if (!shown?.fits(face.mesh)) {
        const { canonical, triangles } = face.mesh
        shown = new ShownFace(canonical.length / 3, triangles.length / 3)
        this.pool[place] = shown
      }
      shown.set(face, i)
      this.drawn.push(shown)
    }
  }

  /** The face at a place in the list that the viewer was given, if it is drawn. */
  find(index: number | null): ShownFace | undefined {
    if (index === null) return undefined
    for (const face of this.drawn) if (face.index === index) return face
    return undefined
  }

  /** The face after or before another, round and round. */
  beside(index: number | null, step: 1 | -1): ShownFace | undefined {
    const place = this.drawn.findIndex((face) => face.index === index)
    const next = place < 0 && step < 0 ? -1 : place + step
    return this.drawn.at(next === this.drawn.length ? 0 : next)
  }

  /** What the faces span, for want of a photo: from the picture's corner to the last vertex. */
  span(dst: { width: number; height: number }): PictureSize {
    dst.width = 1
    dst.height = 1
    for (const { imagePositions } of this.drawn) {
      for (let i = 0; i < imagePositions.length; i += 3) {
        dst.width = Math.max(dst.width, imagePositions[i]!)
        dst.height = Math.max(dst.height, imagePositions[i + 1]!)
      }
    }
    return dst
  }
}
