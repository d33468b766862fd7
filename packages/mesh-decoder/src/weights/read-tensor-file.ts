import { WeightFileError } from '../errors/mesh-errors.ts'
import { checkMetadata } from './check-metadata.ts'
import { decodeHalf } from './decode-half.ts'
import { type PlacedTensor, placeTensors } from './place-tensors.ts'
import type { Tensor, TensorFile } from './tensor-file.ts'

/**
 * Read a tensor file (see {@link TensorFile}).
 *
 * @throws WeightFileError if the file is damaged, cut off, of another format or version, fails its
 *   checksum, or holds values that are not finite.
 */
export function readTensorFile(bytes: Uint8Array): TensorFile {
  const dataStart = 8 + headerLength(bytes)
  const header = parseHeader(bytes.subarray(8, dataStart))
  const data = bytes.subarray(dataStart)
  const metadata = checkMetadata(header.get('__metadata__'), data)
  header.delete('__metadata__')
  const tensors = new Map<string, Tensor>()
  for (const placed of placeTensors(header, data.length)) {
    tensors.set(placed.name, readTensor(placed, data))
  }
  return { tensors, metadata }
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length < 8) {
    throw new WeightFileError(
      `Expected a tensor file but received ${bytes.length} bytes, too few for its header. Was the download cut off?`,
    )
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32
  if (length > bytes.length - 8) {
    throw new WeightFileError(
      `Expected a header of ${length} bytes but only ${bytes.length - 8} follow: the file is cut off or no tensor file.`,
    )
  }
  return length
}

function parseHeader(bytes: Uint8Array): Map<string, unknown> {
  let text = ''
  for (const byte of bytes) {
    if (byte > 126) throw new WeightFileError('Expected a header in ASCII: the file is damaged.')
    text += String.fromCharCode(byte)
  }
  let header: unknown
  try {
    header = JSON.parse(text)
  } catch (cause) {
    throw new WeightFileError('Expected a header in JSON: the file is damaged.', cause)
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw new WeightFileError('Expected a JSON object as header: the file is damaged.')
  }
  return new Map(Object.entries(header))
}

function readTensor({ name, type, shape, begin, end }: PlacedTensor, section: Uint8Array): Tensor {
  // A copy is aligned and does not keep the whole file alive; a Buffer's own `slice` would not copy.
  const { buffer } = new Uint8Array(section.subarray(begin, end))
  if (type === 'I32') return { type, shape, data: new Int32Array(buffer) }
  const data = type === 'F16' ? decodeHalf(new Uint16Array(buffer)) : new Float32Array(buffer)
  const bad = data.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) {
    throw new WeightFileError(
      `Expected finite numbers in ${name} but element ${bad} is ${data[bad]}.`,
    )
  }
  return { type, shape, data }
}
