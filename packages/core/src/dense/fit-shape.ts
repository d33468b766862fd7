import type { TensorFile } from '@retinaface/mesh-decoder'
import type { HeadArchitecture } from './head-architecture.ts'
import { HeadProjection } from './head-projection.ts'
import { LinearShape } from './linear-shape.ts'

/** How much an answer may move, as precisions over that of a landmark. */
export interface FitPrior {
  /** Of each latent of shape. */
  readonly latent: number
  /** Of place (face sizes) and relative size. */
  readonly place: number
}

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
    const { shape, projection, rows, vector } = this
    projection.take(raw, offset, outputs)
    this.startEquations()
    for (let point = 0; point < shape.points; point++) {
      const [x, y, z] = [0, 1, 2].map((axis) => shape.coordinate(3 * point + axis, raw))
      projection.project(x!, y!, z!, this.place, 0)
      this.writeDerivatives(point, [x!, y!, z!])
      this.addEquation(rows[0], landmarks[2 * point]! - this.place[0]!)
      this.addEquation(rows[1], landmarks[2 * point + 1]! - this.place[1]!)
    }
    solveSymmetric(this.matrix, vector)
    const { latent, camera } = outputs
    for (let i = 0; i < shape.latents; i++) raw[i]! += vector[i]!
    const [across, down, growth] = vector.subarray(shape.latents) as unknown as [number, number, number]
    raw[latent + 5]! += across / camera.placeStep
    raw[latent + 6]! += down / camera.placeStep
    const grown = Math.min(Math.max(growth, -MOST_GROWTH), MOST_GROWTH)
    raw[latent + 3]! += Math.log1p(grown) / camera.scaleStep
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
  private writeDerivatives(point: number, [x, y, z]: readonly [number, number, number]): void {
    const { shape, projection, rows } = this
    const { rotation: r, scale, nearness } = projection
    const { latents, basis } = shape
    const [byX, byY, byZ] = [0, 1, 2].map((axis) => (3 * point + axis) * latents)
    const factor = scale * nearness
    for (const [axis, row] of rows.entries()) {
      const [a, b, c] = [0, 1, 2].map((i) => (axis === 0 ? factor : -factor) * r[3 * axis + i]!)
      for (let i = 0; i < latents; i++) {
        row[i] = a! * basis[byX! + i]! + b! * basis[byY! + i]! + c! * basis[byZ! + i]!
      }
      row[latents] = axis === 0 ? nearness : 0
      row[latents + 1] = axis === 1 ? nearness : 0
      row[latents + 2] = a! * x + b! * y + c! * z
    }
  }

  private addEquation(row: Float64Array, residual: number): void {
    const { matrix, vector } = this
    const count = vector.length
    for (let i = 0; i < count; i++) {
      const value = row[i]!
      vector[i]! += value * residual
      for (let j = 0, at = i * count; j <= i; j++, at++) matrix[at]! += value * row[j]!
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
