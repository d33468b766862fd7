import type { TensorFile } from '@retinaface/mesh-decoder'
import type { FitPrior, HeadArchitecture } from './head-architecture.ts'
import { HeadProjection } from './head-projection.ts'
import { LinearShape } from './linear-shape.ts'
import { solveSymmetric } from './solve-symmetric.ts'

/** Of a step's change of size, relative. */
const MOST_GROWTH = 0.2

/** Each of the axes x, y and z with each. */
const AXES = [0, 1, 2].flatMap((a) => [0, 1, 2].map((b) => [a, b] as const))

/**
 * Fits shape, place and size of a dense head's answer to landmarks of the picture: the most likely change,
 * with normal errors of landmarks and of the answer (one Gauss-Newton step with a ridge, as 3D morphable
 * models are fitted to landmarks: Blanz and Vetter 1999, Bas and Smith 2016).
 *
 * Its derivatives are those of a weak perspective camera, for which all landmarks are equally near: the normal
 * equations of the latents are then a weighted sum of matrices that are the same for every face.
 */
export class ShapeFit {
  private readonly shape: LinearShape
  private readonly prior: FitPrior
  private readonly projection = new HeadProjection()
  /** Of {@link AXES}: the basis along one axis times that along the other, summed over the landmarks. */
  private readonly products: readonly Float64Array[]
  /** Of the normal equations, row by row; only the upper half is used. */
  private readonly matrix: Float64Array
  private readonly vector: Float64Array
  /** x0, y0, z0, x1, … of the answer's landmarks, canonical centimetres. */
  private readonly answer: Float64Array
  /** u0, v0, u1, v1, … from these to the landmarks that were found. */
  private readonly missing: Float64Array
  /** Centimetres by which the landmarks move for a unit of place across, of place down and of relative size. */
  private readonly moves: readonly [Float64Array, Float64Array, Float64Array]
  /** u and v of a centimetre along x, y and z. */
  private readonly u = new Float64Array(3)
  private readonly v = new Float64Array(3)
  // Scratch: x, y and z of each landmark, u and v of each, and of each unknown.
  private readonly pull: Float64Array
  private readonly seen: Float64Array
  private readonly column: Float64Array

  /**
   * @param points of the landmarks
   * @throws {WeightFileError} if a tensor is missing or of another shape.
   */
  constructor(file: TensorFile, points: number, prior: FitPrior) {
    this.shape = new LinearShape(file, 'patches.points', points)
    this.prior = prior
    const unknowns = this.shape.latents + 3
    this.products = AXES.map(([a, b]) => productOf(this.shape, a, b, unknowns))
    this.matrix = new Float64Array(unknowns * unknowns)
    this.vector = new Float64Array(unknowns)
    this.answer = new Float64Array(3 * points)
    this.missing = new Float64Array(2 * points)
    this.moves = [new Float64Array(3 * points), new Float64Array(3 * points), this.answer]
    this.pull = new Float64Array(3 * points)
    this.seen = new Float64Array(2 * points)
    this.column = new Float64Array(unknowns)
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
    const { shape, vector } = this
    this.projection.take(raw, offset, outputs)
    this.takeCamera(this.compare(raw, landmarks))
    this.writeEquations()
    solveSymmetric(this.matrix, vector)
    const { latent, camera } = outputs
    for (let i = 0; i < shape.latents; i++) raw[i]! += vector[i]!
    raw[latent + 5]! += vector[shape.latents]! / camera.placeStep
    raw[latent + 6]! += vector[shape.latents + 1]! / camera.placeStep
    const growth = Math.min(Math.max(vector[shape.latents + 2]!, -MOST_GROWTH), MOST_GROWTH)
    raw[latent + 3]! += Math.log1p(growth) / camera.scaleStep
  }

  /** Compares the answer with the landmarks, and returns the mean nearness of its own. */
  private compare(raw: Float32Array, landmarks: Float64Array): number {
    const { shape, projection, answer, missing } = this
    let nearness = 0
    for (let point = 0, at = 0; point < shape.points; point++, at += 3) {
      shape.write(point, raw, answer, at)
      projection.project(answer[at]!, answer[at + 1]!, answer[at + 2]!, missing, 2 * point)
      nearness += projection.nearness / shape.points
    }
    for (let i = 0; i < missing.length; i++) missing[i] = landmarks[i]! - missing[i]!
    return nearness
  }

  private takeCamera(nearness: number): void {
    const { u, v, pull } = this
    const { rotation, scale } = this.projection
    const [across, down] = this.moves
    for (let axis = 0; axis < 3; axis++) {
      const [right, up] = [rotation[axis]!, rotation[3 + axis]!]
      u[axis] = right * scale * nearness
      v[axis] = -up * scale * nearness
      for (let at = axis; at < pull.length; at += 3) {
        across[at] = right / scale
        down[at] = -up / scale
      }
    }
  }

  private writeEquations(): void {
    const { matrix, vector, products, prior, moves, seen, column, u, v } = this
    const { latents } = this.shape
    const unknowns = vector.length
    matrix.fill(0)
    for (const [i, [a, b]] of AXES.entries()) {
      addScaled(matrix, products[i]!, u[a]! * u[b]! + v[a]! * v[b]!)
    }
    for (const [i, move] of moves.entries()) {
      this.see(move)
      this.writeDerivatives(seen, column)
      for (let row = 0; row <= latents + i; row++) {
        matrix[row * unknowns + latents + i] = column[row]!
      }
    }
    for (let i = 0; i < unknowns; i++) {
      matrix[i * (unknowns + 1)]! += i < latents ? prior.latent : prior.place
    }
    this.writeDerivatives(this.missing, vector)
  }

  /** Writes how u and v of the landmarks change when these move. */
  private see(move: Float64Array): void {
    const { u, v, seen } = this
    for (let at = 0, to = 0; at < move.length; at += 3, to += 2) {
      const [x, y, z] = [move[at]!, move[at + 1]!, move[at + 2]!]
      seen[to] = u[0]! * x + u[1]! * y + u[2]! * z
      seen[to + 1] = v[0]! * x + v[1]! * y + v[2]! * z
    }
  }

  /**
   * Writes a sum for each unknown: its derivatives of u and v times the changes of u and v, over all landmarks.
   *
   * @param changes u0, v0, u1, v1, …
   */
  private writeDerivatives(changes: Float64Array, dst: Float64Array): void {
    const { u, v, pull, shape } = this
    for (let at = 0, from = 0; at < pull.length; at += 3, from += 2) {
      const [across, down] = [changes[from]!, changes[from + 1]!]
      for (let axis = 0; axis < 3; axis++) pull[at + axis] = u[axis]! * across + v[axis]! * down
    }
    dst.fill(0)
    shape.addTransposed(pull, dst)
    for (const [i, move] of this.moves.entries()) {
      let sum = 0
      for (let at = 0; at < pull.length; at++) sum += pull[at]! * move[at]!
      dst[shape.latents + i] = sum
    }
  }
}

/** The basis along an axis times that along another, summed over points: `unknowns` a row, zero behind latents. */
function productOf(
  { basis, latents, points }: LinearShape,
  a: number,
  b: number,
  unknowns: number,
): Float64Array {
  const product = new Float64Array(unknowns * unknowns)
  for (let point = 0; point < points; point++) {
    const [first, second] = [(3 * point + a) * latents, (3 * point + b) * latents]
    for (let i = 0; i < latents; i++) {
      const value = basis[first + i]!
      for (let j = 0; j < latents; j++) product[i * unknowns + j]! += value * basis[second + j]!
    }
  }
  return product
}

function addScaled(sum: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += factor * values[i]!
}
