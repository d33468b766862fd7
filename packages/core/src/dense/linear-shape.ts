import { type TensorFile, takeFloats } from '@retinaface/mesh-decoder'

/** Some points of the face as the mesh decoder's linear stand-in has them, in canonical centimetres. */
export class LinearShape {
  /** Latents of shape. */
  readonly latents: number
  /** [points × 3, latents], centimetres for a unit of each latent of shape. */
  readonly basis: Float32Array
  /** [points × 3] of the mean face. */
  private readonly mean: Float32Array

  /** @throws {WeightFileError} if a tensor is missing or of another shape. */
  constructor(file: TensorFile, name: string, points: number) {
    this.basis = takeFloats(file, `${name}.weight`, [3 * points, 'latents'])
    this.mean = takeFloats(file, `${name}.bias`, [3 * points])
    this.latents = this.basis.length / this.mean.length
  }

  get points(): number {
    return this.mean.length / 3
  }

  /** A coordinate of a point: `row` is three times the point, and 0, 1 or 2 for x, y or z. */
  coordinate(row: number, latent: Float32Array): number {
    const { latents, basis } = this
    let sum = this.mean[row]!
    for (let i = 0, at = row * latents; i < latents; i++) sum += basis[at + i]! * latent[i]!
    return sum
  }
}
