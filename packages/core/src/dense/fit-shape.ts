import type { TensorFile } from '@retinaface/mesh-decoder'
import type { FitPrior, HeadArchitecture } from './head-architecture.ts'
import { HeadProjection } from './head-projection.ts'
import { LinearShape } from './linear-shape.ts'

/** Of a step's change of size, relative. */
const MOST_GROWTH = 0.2

/**
 * Fits shape, place and size of a dense head's answer to landmarks of the picture: the most likely change,
 * with normal errors of landmarks and of the answer (one Gauss-Newton step with a ridge, as 3D morphable
 * models are fitted to landmarks: Blanz and Vetter 1999, Bas and Smith 2016).
 */
export class ShapeFit {
  private readonly shape: LinearShape
  private readonly prior: FitPrior
  private readonly projection = new HeadProjection()
  /** Derivatives of u and v of a landmark by each unknown. */
  private readonly rows: readonly [Float64Array, Float64Array]
  /** Of the normal equations, row by row; only the lower half is used. */
  private readonly matrix: Float64Array
  private readonly vector: Float64Array
  /** Of the landmark at hand: canonical centimetres, and in the face's frame. */
  private readonly at = new Float64Array(3)
  private readonly place = new Float64Array(2)

  /**
   * @param points of the landmarks
   * @throws {WeightFileError} if a tensor is missing or of another shape.
   */
  constructor(file: TensorFile, points: number, prior: FitPrior) {
    this.shape = new LinearShape(file, 'patches.points', points)
    this.prior = prior
    const unknowns = this.shape.latents + 3
    this.rows = [new Float64Array(unknowns), new Float64Array(unknowns)]
    this.matrix = new Float64Array(unknowns * unknowns)
    this.vector = new Float64Array(unknowns)
  }

  /**
   * Moves an answer to the landmarks.
   *
   * @param raw the dense head's outputs, changed in place
   * @param offset from the anchor's centre to the face's, in the face's axes, over the face's size
   * @param landmarks u0, v0, u1, v1, … in the face's frame
   */
  fit(
    raw: Float32Array,
    offset: readonly [number, number],
    outputs: HeadArchitecture['outputs'],
    landmarks: Float64Array,
  ): void {
    const { shape, projection, vector, at, place } = this
    projection.take(raw, offset, outputs)
    this.startEquations()
    for (let point = 0; point < shape.points; point++) {
      shape.write(point, raw, at)
      projection.project(at[0]!, at[1]!, at[2]!, place, 0)
      this.writeDerivatives(point)
      this.addEquations(landmarks[2 * point]! - place[0]!, landmarks[2 * point + 1]! - place[1]!)
    }
    solveSymmetric(this.matrix, vector)
    const { latent, camera } = outputs
    for (let i = 0; i < shape.latents; i++) raw[i]! += vector[i]!
    raw[latent + 5]! += vector[shape.latents]! / camera.placeStep
    raw[latent + 6]! += vector[shape.latents + 1]! / camera.placeStep
    const growth = Math.min(Math.max(vector[shape.latents + 2]!, -MOST_GROWTH), MOST_GROWTH)
    raw[latent + 3]! += Math.log1p(growth) / camera.scaleStep
  }

  private startEquations(): void {
    const { matrix, vector, shape, prior } = this
    matrix.fill(0)
    vector.fill(0)
    for (let i = 0; i < vector.length; i++) {
      matrix[i * (vector.length + 1)] = i < shape.latents ? prior.latent : prior.place
    }
  }

  /** Of the point that was projected last: by latents, place and relative size. */
  private writeDerivatives(point: number): void {
    const { shape, projection, rows, at } = this
    const { rotation: r, scale, nearness } = projection
    const { latents, basis } = shape
    const first = 3 * point * latents
    for (let axis = 0; axis < 2; axis++) {
      const row = rows[axis]!
      const factor = axis === 0 ? scale * nearness : -scale * nearness
      const a = factor * r[3 * axis]!
      const b = factor * r[3 * axis + 1]!
      const c = factor * r[3 * axis + 2]!
      for (let i = 0, k = first; i < latents; i++, k++) {
        row[i] = a * basis[k]! + b * basis[k + latents]! + c * basis[k + 2 * latents]!
      }
      row[latents] = axis === 0 ? nearness : 0
      row[latents + 1] = axis === 1 ? nearness : 0
      row[latents + 2] = a * at[0]! + b * at[1]! + c * at[2]!
    }
  }

  private addEquations(acrossOff: number, downOff: number): void {
    const { matrix, vector } = this
    const [across, down] = this.rows
    const count = vector.length
    for (let i = 0; i < count; i++) {
      const u = across[i]!
      const v = down[i]!
      vector[i]! += u * acrossOff + v * downOff
      for (let j = 0, at = i * count; j <= i; j++, at++) {
        matrix[at]! += u * across[j]! + v * down[j]!
      }
    }
  }
}

/**
 * Solves A x = b for a positive definite A by its Cholesky factor.
 *
 * @param matrix [n, n], row by row; its lower half is replaced
 * @param vector b, replaced by x
 */
function solveSymmetric(matrix: Float64Array, vector: Float64Array): void {
  const n = vector.length
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k]! * matrix[j * n + k]!
      matrix[i * n + j] = i === j ? Math.sqrt(sum) : sum / matrix[j * n + j]!
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) vector[i]! -= matrix[i * n + k]! * vector[k]!
    vector[i]! /= matrix[i * n + i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) vector[i]! -= matrix[k * n + i]! * vector[k]!
    vector[i]! /= matrix[i * n + i]!
  }
}
