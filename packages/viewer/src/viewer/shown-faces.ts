import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import { isDrawable } from '../face/check-faces.ts'
import { ShownFace } from '../face/shown-face.ts'
import type { ViewerFace } from '../face/viewer-face.ts'
import type { PictureSize } from '../picture/picture-camera.ts'

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
        if (shown) shown.isReplaced = true
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

  /** @throws {InvalidArgumentError} if there is no such face or it has no mesh. */
  get(index: number): ShownFace {
    const face = this.find(index)
    if (face) return face
    throw new InvalidArgumentError('index', `a face with a mesh, of ${this.count} faces`, index)
  }

  /** The face after or before another, round and round. */
  beside(index: number | null, step: 1 | -1): ShownFace | undefined {
    const place = this.drawn.findIndex((face) => face.index === index)
    const next = place < 0 && step < 0 ? -1 : place + step
    return this.drawn.at(next === this.drawn.length ? 0 : next)
  }

  /** What stands for a photo's size where there is none: as much room after the faces as before. */
  span(dst: { width: number; height: number }): PictureSize {
    let left = Number.POSITIVE_INFINITY
    let top = Number.POSITIVE_INFINITY
    let right = 0
    let bottom = 0
    for (const { imagePositions } of this.drawn) {
      for (let i = 0; i < imagePositions.length; i += 3) {
        left = Math.min(left, imagePositions[i]!)
        right = Math.max(right, imagePositions[i]!)
        top = Math.min(top, imagePositions[i + 1]!)
        bottom = Math.max(bottom, imagePositions[i + 1]!)
      }
    }
    const isEmpty = this.drawn.length === 0
    dst.width = isEmpty ? 1 : Math.max(1, right + Math.max(0, left))
    dst.height = isEmpty ? 1 : Math.max(1, bottom + Math.max(0, top))
    return dst
  }
}
