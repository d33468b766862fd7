import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { WeightFileError } from '../../src/errors/mesh-errors.ts'
import { readTensorFile } from '../../src/weights/read-tensor-file.ts'
import { takeFloats, takeIntegers } from '../../src/weights/take-tensor.ts'
import type { TensorFile } from '../../src/weights/tensor-file.ts'
import { type TensorToWrite, writeTensorFile } from '../../src/weights/write-tensor-file.ts'

const floats = fc.float32Array({ noNaN: true, noDefaultInfinity: true, maxLength: 20 })
const tensor: fc.Arbitrary<TensorToWrite> = fc
  .oneof(floats, fc.int32Array({ maxLength: 20 }))
  .map((data) => ({ shape: data.length % 2 ? [data.length] : [2, data.length / 2], data }))
const name = fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => text !== '__metadata__')
const files = fc.array(fc.tuple(name, tensor), { maxLength: 6 }).map((entries) => new Map(entries))

const small = writeTensorFile(
  new Map<string, TensorToWrite>([
    ['a', { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
    ['b', { shape: [3], data: Int32Array.of(5, 6, 7) }],
  ]),
  new Map([['note', 'naïve']]),
)

describe('a tensor file', () => {
  test.prop({ tensors: files })('is read as it was written', ({ tensors }) => {
    const read = readTensorFile(writeTensorFile(tensors)).tensors
    expect([...read.keys()].sort()).toEqual([...tensors.keys()].sort())
    for (const [key, { shape, data }] of tensors) {
      expect(read.get(key)).toEqual({
        type: data instanceof Int32Array ? 'I32' : 'F32',
        shape,
        data,
      })
    }
  })

  it('may have tensors of any name', () => {
    const tensors = new Map([['__proto__', { shape: [2], data: Int32Array.of(1, 2) }]])
    expect([...readTensorFile(writeTensorFile(tensors)).tensors.keys()]).toEqual(['__proto__'])
  })

  it('keeps its metadata', () => {
    expect(readTensorFile(small).metadata.get('note')).toBe('naïve')
  })

  it('may lie anywhere in memory, as a Buffer from a pool does', () => {
    for (let offset = 0; offset < 9; offset++) {
      const pool = Buffer.alloc(small.length + 20, 0xaa)
      pool.set(small, offset)
      const read = readTensorFile(pool.subarray(offset, offset + small.length))
      expect(takeFloats(read, 'a', [2, 2])).toEqual(Float32Array.of(1, 2, 3, 4))
    }
  })

  it('is refused when a bit of its data is wrong, wherever it is', () => {
    const dataStart = small.length - 28
    for (let at = dataStart; at < small.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        expect(() => readTensorFile(flipped(at, 1 << bit))).toThrow(/crc32.*damaged or cut off/)
      }
    }
  })

  it('with any one byte wrong is refused, or the tensors with their types are still right', () => {
    const { tensors } = readTensorFile(small)
    for (let at = 0; at < small.length; at++) {
      for (let mask = 1; mask < 256; mask++) {
        const read = readOrRefuse(flipped(at, mask))
        for (const [key, tensor] of tensors) {
          const found = read?.tensors.get(key)
          if (found?.type === tensor.type && found.data.join() !== tensor.data.join()) {
            expect.fail(`${key} is wrong with byte ${at} xor ${mask}`)
          }
        }
      }
    }
  })

  test.prop({ length: fc.nat({ max: small.length - 1 }) })(
    'is refused when cut off',
    ({ length }) => {
      expect(() => readTensorFile(small.subarray(0, length))).toThrow(WeightFileError)
    },
  )

  test.prop({ bytes: fc.uint8Array({ maxLength: 200 }) })('is not just any bytes', ({ bytes }) => {
    expect(() => readTensorFile(bytes)).toThrow(WeightFileError)
  })
})

describe('taking a tensor', () => {
  const file = readTensorFile(small)

  it('gives its values', () => {
    expect(takeFloats(file, 'a', ['any', 2])).toEqual(Float32Array.of(1, 2, 3, 4))
    expect(takeIntegers(file, 'b', [3])).toEqual(Int32Array.of(5, 6, 7))
  })

  it('names what is missing, or of another type or shape', () => {
    expect(() => takeFloats(file, 'c', [1])).toThrow('Expected a tensor c; the file has: a, b.')
    expect(() => takeFloats(file, 'b', [3])).toThrow(/F32 or F16 but found I32/)
    expect(() => takeIntegers(file, 'a', [2, 2])).toThrow(/I32 but found real numbers/)
    expect(() => takeFloats(file, 'a', [2, 3])).toThrow(/shape \[2, 3\] but found \[2, 2\]/)
    expect(() => takeFloats(file, 'a', [4])).toThrow(/shape \[4\] but found \[2, 2\]/)
  })
})

function flipped(at: number, mask: number): Uint8Array {
  const bytes = small.slice()
  bytes[at]! ^= mask
  return bytes
}

function readOrRefuse(bytes: Uint8Array): TensorFile | undefined {
  try {
    return readTensorFile(bytes)
  } catch (error) {
    if (!(error instanceof WeightFileError)) throw error
    return undefined
  }
}
