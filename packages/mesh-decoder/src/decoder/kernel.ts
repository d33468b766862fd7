/**
 * The inner loops of a decoder, on one block of memory. Addresses and strides are in bytes, counts
 * in elements; numbers are 32-bit floats, indices 32-bit integers; channels come in multiples of 4,
 * padded with zeros, so that a kernel can work on 4 at a time. With `keep` 0 the old values of `out`
 * are not read.
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
   * out = S x + keep · out with the sparse matrix S in compressed rows (`starts`, `indices`,
   * `weights`); `out` [rows, channels] and `x` at their strides.
   */
  resample(
    out: number,
    outStride: number,
    keep: number,
    rows: number,
    channels: number,
    starts: number,
    indices: number,
    weights: number,
    x: number,
    xStride: number,
  ): void
  /**
   * out = factor · L̃ x + keep · out for the scaled Laplacian L̃, whose entries are `diagonal` and,
   * at each pair of neighbours, `offDiagonal`; `out` and `x` [rows, channels] without gaps.
   */
  laplacian(
    out: number,
    keep: number,
    x: number,
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
}

export const PIECEWISE_LINEAR = 0
export const ELU = 1

/** A kernel and the memory that it works on. */
export interface KernelInstance {
  readonly memory: ArrayBuffer
  readonly kernel: Kernel
}
