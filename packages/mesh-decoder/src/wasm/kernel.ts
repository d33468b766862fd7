/**
 * The inner loops of a decoder, on one block of memory. Addresses and strides are in bytes, counts
 * in elements; numbers are 32-bit floats, indices 32-bit integers; channels come in multiples of 4,
 * padded with zeros, so that a kernel can work on 4 at a time.
 */
export interface Kernel {
  /**
   * z = x W + b: `x` [rows, inner] at `xStride`, `z` [rows, columns] at
   * `zStride`, `weight` in panels of 8 columns ([⌈columns / 8⌉, inner, 8]), `bias` [columns] with
   * room for whole panels.
   */
  matmul(
    x: number,
    xStride: number,
    weight: number,
    bias: number,
    z: number,
    zStride: number,
    rows: number,
    inner: number,
    columns: number,
  ): void
  /**
   * out = S x with the sparse matrix S in compressed rows (`starts`, `indices`, `weights`); `out`
   * [rows, channels] and `x` at their strides.
   */
  resample(
    out: number,
    outStride: number,
    rows: number,
    channels: number,
    starts: number,
    indices: number,
    weights: number,
    x: number,
    xStride: number,
  ): void
  /**
   * out = factor · L̃ x + plus − minus for the scaled Laplacian L̃, whose entries are `diagonal` and,
   * at each pair of neighbours, `offDiagonal`; all [rows, channels] at their strides. Without a
   * term where its address is {@link NOTHING}; `out` may be `plus` or `minus`.
   */
  laplacian(
    out: number,
    outStride: number,
    x: number,
    xStride: number,
    plus: number,
    plusStride: number,
    minus: number,
    minusStride: number,
    rows: number,
    channels: number,
    factor: number,
    starts: number,
    neighbours: number,
    diagonal: number,
    offDiagonal: number,
  ): void
  /** Activate `count` values in place: `kind` {@link ELU}, or else linear with `slope` below zero. */
  activate(values: number, count: number, kind: number, slope: number): void
  /** Multiply `gradients` by the activation's slope at activated `values`. */
  activationGradient(
    gradients: number,
    values: number,
    count: number,
    kind: number,
    slope: number,
  ): void
  /**
   * mean + scale · S x as `canonical` and `colors` ([vertices, 3], with room for one number more),
   * with the sparse matrix S and rows of 8, of which 6 are used, as x, mean and scale.
   */
  place(
    canonical: number,
    colors: number,
    vertices: number,
    starts: number,
    indices: number,
    weights: number,
    x: number,
    xStride: number,
    mean: number,
    scale: number,
  ): void
  /**
   * (x / w, y / w, z) + shift for (x, y, z, w) = M (point, 1) of the canonical points that `place`
   * gives, as `out` ([vertices, 3], with room for one number more); `matrix` has the four columns of
   * M, then shift.
   */
  project(
    out: number,
    vertices: number,
    starts: number,
    indices: number,
    weights: number,
    x: number,
    xStride: number,
    mean: number,
    scale: number,
    matrix: number,
  ): void
}

/** The address of nothing; a heap's own begin after it. */
export const NOTHING = 0

export const PIECEWISE_LINEAR = 0
export const ELU = 1

/** A kernel and the memory that it works on. */
export interface KernelInstance {
  readonly memory: ArrayBuffer
  readonly kernel: Kernel
}
