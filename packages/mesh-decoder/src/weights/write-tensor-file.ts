import { crc32 } from './crc32.ts'
import { TENSOR_FILE_FORMAT, TENSOR_FILE_VERSION } from './tensor-file.ts'

/** An array to be written; its element type follows from the typed array. */
export interface TensorToWrite {
  readonly shape: readonly number[]
  readonly data: Float32Array | Int32Array
}

/**
 * Write named arrays as a tensor file, the counterpart of `readTensorFile`.
 *
 * The bytes depend on the arguments alone: equal tensors in equal order give equal files.
 */
export function writeTensorFile(
  tensors: ReadonlyMap<string, TensorToWrite>,
  metadata: ReadonlyMap<string, string> = new Map(),
): Uint8Array {
  const data = concatenate([...tensors.values()].map(({ data }) => bytesOf(data)))
  const ownMetadata = {
    format: TENSOR_FILE_FORMAT,
    version: TENSOR_FILE_VERSION,
    crc32: crc32(data).toString(16).padStart(8, '0'),
    ...Object.fromEntries(metadata),
  }
  const entries: [name: string, entry: object][] = [['__metadata__', ownMetadata]]
  let offset = 0
  for (const [name, { shape, data }] of tensors) {
    const dtype = data instanceof Int32Array ? 'I32' : 'F32'
    entries.push([name, { dtype, shape, data_offsets: [offset, offset + data.byteLength] }])
    offset += data.byteLength
  }
  return concatenate(withHeader(asciiBytes(Object.fromEntries(entries)), data))
}

function withHeader(json: Uint8Array, data: Uint8Array): Uint8Array[] {
  // Spaces up to a multiple of 8 keep the data aligned, so that readers need no copy.
  const padded = new Uint8Array(Math.ceil(json.length / 8) * 8).fill(0x20)
  padded.set(json)
  const length = new Uint8Array(8)
  new DataView(length.buffer).setUint32(0, padded.length, true)
  return [length, padded, data]
}

function asciiBytes(value: unknown): Uint8Array {
  const escaped = JSON.stringify(value).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return Uint8Array.from(escaped, (character) => character.charCodeAt(0))
}

function bytesOf(values: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}
