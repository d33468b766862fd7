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

  /** Writes x, y and z of a point to `dst` from `at` on. */
  write(point: number, latent: Float32Array, dst: Float64Array, at = 0): void {
    const { latents, basis, mean } = this
    for (let axis = 0; axis < 3; axis++) {
      const row = 3 * point + axis
      let sum = mean[row]!
      for (let i = 0, from = row * latents; i < latents; i++) sum += basis[from + i]! * latent[i]!
      dst[at + axis] = sum
    }
  }

  /**
   * Adds the product of the transposed basis and values of all points to `dst`, a sum a latent.
   *
   * @param values [points × 3]
   */
  addTransposed(values: Float64Array, dst: Float64Array): void {
    const { latents, basis } = this
    for (let row = 0, from = 0; row < values.length; row++, from += latents) {
      const value = values[row]!
      for (let i = 0; i < latents; i++) dst[i]! += value * basis[from + i]!
    }
  }
}
