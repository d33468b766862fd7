import { WeightFileError } from '../errors/mesh-errors.ts'
import { crc32 } from './crc32.ts'
import { TENSOR_FILE_FORMAT, TENSOR_FILE_VERSION } from './tensor-file.ts'

/** Check format, version and checksum, and return the metadata's texts. */
export function checkMetadata(metadata: unknown, data: Uint8Array): ReadonlyMap<string, string> {
  if (typeof metadata !== 'object' || metadata === null) {
    throw new WeightFileError(
      'Expected `__metadata__` with format, version and crc32 in the header: this is not a file for the mesh decoder.',
    )
  }
  const texts = new Map<string, string>()
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value === 'string') texts.set(key, value)
  }
  expectText(texts, 'format', TENSOR_FILE_FORMAT, 'this is not a file for the mesh decoder')
  expectText(texts, 'version', TENSOR_FILE_VERSION, 'use a version of this package that reads it')
  const checksum = crc32(data).toString(16).padStart(8, '0')
  expectText(texts, 'crc32', checksum, 'the file is damaged or cut off; download it again')
  return texts
}

function expectText(
  texts: ReadonlyMap<string, string>,
  key: string,
  expected: string,
  hint: string,
): void {
  const received = texts.get(key)
  if (received === expected) return
  const shown = received === undefined ? 'none' : JSON.stringify(received.slice(0, 80))
  throw new WeightFileError(`Expected ${key} "${expected}" but found ${shown}: ${hint}.`)
}
