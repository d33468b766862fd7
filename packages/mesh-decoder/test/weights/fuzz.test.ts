import { expect, test } from 'vitest'
import { damageBytes, damageJson, fuzzCases, type Random } from '../../../../fixtures/fuzz.ts'
import { WeightFileError } from '../../src/errors/mesh-errors.ts'
import { readTensorFile } from '../../src/weights/read-tensor-file.ts'
import { writeTensorFile } from '../../src/weights/write-tensor-file.ts'

const file = writeTensorFile(
  new Map([
    ['weight', { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
    ['indices', { shape: [4], data: Int32Array.of(0, 1, 2, 3) }],
  ]),
)
const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true))
const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)))

/** A file whose header is damaged as JSON, and all of it as bytes now and then. */
function damaged(next: Random): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(damageJson(header, next)))
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(32)
  padded.set(text)
  const bytes = new Uint8Array(8 + padded.length + file.length - 8 - length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded.length), true)
  bytes.set(padded, 8)
  bytes.set(file.subarray(8 + length), 8 + padded.length)
  return next(4) === 0 ? damageBytes(bytes, next) : bytes
}

test(
  'damaged weight files are read, or are errors that say so',
  () => {
    for (const next of fuzzCases(10_000)) {
      try {
        readTensorFile(damaged(next))
      } catch (error) {
        expect(error).toBeInstanceOf(WeightFileError)
      }
    }
  },
  Number.POSITIVE_INFINITY,
)
