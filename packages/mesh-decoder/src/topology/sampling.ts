/** A sampling matrix with at most three non-zeros a row: coarse vertices to fine ones. */
export interface Sampling {
  /** [fine vertices, 3] coarse vertex indices. */
  readonly index: Int32Array
  /** [fine vertices, 3] barycentric weights; each row sums to 1. */
  readonly weight: Float32Array
}
