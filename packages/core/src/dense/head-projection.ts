import { rotationMatrix } from '@retinaface/mesh-decoder'
import type { HeadArchitecture } from './head-architecture.ts'
import { placeOfHead } from './head-camera.ts'

/** From canonical centimetres to the face's frame, as a dense head's camera has it. */
export class HeadProjection {
  /** The head's rotation, row-major. */
  readonly rotation: Float64Array = new Float64Array(9)
  /** Face sizes a centimetre. */
  scale = 1
  /** Of the point that was projected last: how much nearer than the face's origin it is, as a factor of size. */
  nearness = 1
  private distance = 1
  private readonly centre = new Float64Array(2)
  private readonly offset = new Float64Array(2)

  /**
   * @param raw the head's outputs
   * @param offset from the anchor's centre to the face's, in the face's axes, over the face's size
   */
  take(
    raw: Float32Array,
    offset: readonly [number, number],
    { latent, camera }: HeadArchitecture['outputs'],
  ): void {
    rotationMatrix(raw.subarray(latent, latent + 3), this.rotation)
    const { scale, distance, x, y } = placeOfHead(raw.subarray(latent), camera)
    this.scale = scale
    this.distance = distance
    this.centre.set([x + offset[0], y + offset[1]])
    this.offset.set(offset)
  }

  /** Writes u and v of a point, in face sizes from the face's centre. */
  project(x: number, y: number, z: number, dst: Float64Array, at: number): void {
    const { rotation: r, scale, distance, centre, offset } = this
    const across = r[0]! * x + r[1]! * y + r[2]! * z
    const up = r[3]! * x + r[4]! * y + r[5]! * z
    const near = r[6]! * x + r[7]! * y + r[8]! * z
    this.nearness = distance / (distance - near)
    dst[at] = (scale * across + centre[0]!) * this.nearness - offset[0]!
    dst[at + 1] = (centre[1]! - scale * up) * this.nearness - offset[1]!
  }
}
