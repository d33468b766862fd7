/** Element types of a tensor file; `F16` is stored in half precision and read as `Float32Array`. */
export type TensorType = 'F32' | 'F16' | 'I32'

/** One named array of a tensor file. */
export interface Tensor {
  readonly type: TensorType
  /** Sizes from the slowest dimension to the fastest (row-major). */
  readonly shape: readonly number[]
  /** Flat values; `Int32Array` for `I32`, else `Float32Array`. */
  readonly data: Float32Array | Int32Array
}

/**
 * The content of a tensor file: named arrays and text metadata.
 *
 * The file has the layout of safetensors, so that its tools can open it: the header's length (8
 * bytes, little-endian), the header (JSON in ASCII: for each tensor `dtype`, `shape` and
 * `data_offsets`, and text in `__metadata__`), then the data section, little-endian, without gaps.
 * The metadata must hold `format`, `version` and `crc32`, the CRC-32 of the data section in 8
 * hexadecimal digits.
 */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, Tensor>
  readonly metadata: ReadonlyMap<string, string>
}

export const TENSOR_FILE_FORMAT = 'retinaface-mesh'
export const TENSOR_FILE_VERSION = '1'

/** Bytes of one element of each type. */
export const ELEMENT_BYTES: Readonly<Record<TensorType, number>> = { F32: 4, F16: 2, I32: 4 }
