import type { TensorFile } from '@retinaface/mesh-decoder'
import type { HeadArchitecture } from './head-architecture.ts'
import { HeadProjection } from './head-projection.ts'
import { LinearShape } from './linear-shape.ts'

/**
 * Where a dense head's outputs put some points of the face, in the face's frame, by the mesh decoder's
 * linear stand-in: enough to know where lips, lids and brows are, at a thousandth of the decoder's
 * cost.
 */
export class MeshPoints {
  private readonly shape: LinearShape
  private readonly projection = new HeadProjection()
  private readonly place = new Float64Array(3)

  /** @throws {WeightFileError} if a tensor is missing or of another shape. */
  constructor(file: TensorFile, points: number) {
    this.shape = new LinearShape(file, 'refinements.points', points)
  }

  /**
   * Writes u0, v0, u1, v1, … in face sizes from the face's centre.
   *
   * @param raw the head's outputs
   * @param offset from the anchor's centre to the face's, in the face's axes, over the face's size
   */
  write(
    raw: Float32Array,
    offset: readonly [number, number],
    outputs: HeadArchitecture['outputs'],
    dst: Float64Array,
  ): void {
    const { shape, projection, place } = this
    projection.take(raw, offset, outputs)
    for (let point = 0; 2 * point < dst.length; point++) {
      shape.write(point, raw, place)
      projection.project(place[0]!, place[1]!, place[2]!, dst, 2 * point)
    }
  }
}
