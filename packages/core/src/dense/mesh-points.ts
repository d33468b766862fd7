import { rotationMatrix, type TensorFile, takeFloats } from '@retinaface/mesh-decoder'
import type { HeadArchitecture } from './head-architecture.ts'
import { placeOfHead } from './head-camera.ts'

/**
 * Where a dense head's outputs put some vertices of the mesh, in the face's frame, by the mesh decoder's
 * linear stand-in: enough to know where lips, lids and brows are, at a thousandth of the decoder's
 * cost.
 */
export class MeshPoints {
  private readonly latents: number
  /** [points × 3, latents], centimetres for a unit of each latent of shape. */
  private readonly basis: Float32Array
  /** [points × 3] of the mean face, centimetres. */
  private readonly mean: Float32Array
  private readonly rotation = new Float64Array(9)

  /** @throws {WeightFileError} if a tensor is missing or of another shape. */
  constructor(file: TensorFile, points: number) {
    this.basis = takeFloats(file, 'refinements.points.weight', [3 * points, 'latents'])
    this.mean = takeFloats(file, 'refinements.points.bias', [3 * points])
    this.latents = this.basis.length / this.mean.length
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
    { latent, camera }: HeadArchitecture['outputs'],
    dst: Float64Array,
  ): void {
    const r = rotationMatrix(raw.subarray(latent, latent + 3), this.rotation)
    const { scale, distance, x, y } = placeOfHead(raw.subarray(latent), camera)
    for (let point = 0; 2 * point < dst.length; point++) {
      const a = this.coordinate(3 * point, raw)
      const b = this.coordinate(3 * point + 1, raw)
      const c = this.coordinate(3 * point + 2, raw)
      const across = r[0]! * a + r[1]! * b + r[2]! * c
      const up = r[3]! * a + r[4]! * b + r[5]! * c
      const near = r[6]! * a + r[7]! * b + r[8]! * c
      const nearness = distance / (distance - near)
      dst[2 * point] = (scale * across + x + offset[0]) * nearness - offset[0]
      dst[2 * point + 1] = (y - scale * up + offset[1]) * nearness - offset[1]
    }
  }

  private coordinate(row: number, latent: Float32Array): number {
    const { latents, basis } = this
    let sum = this.mean[row]!
    for (let i = 0, at = row * latents; i < latents; i++) sum += basis[at + i]! * latent[i]!
    return sum
  }
}
