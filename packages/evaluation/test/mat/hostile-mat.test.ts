import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { EvaluationError, readMat } from '../../src/index.ts'

const matrix = 14
const compressed = 15
const cellClass = 1
const header = Buffer.alloc(128)
header.writeUInt32LE(0x4d490100, 124)

function element(type: number, data: Uint8Array): Buffer {
  const tag = Buffer.alloc(8)
  tag.writeUInt32LE(type, 0)
  tag.writeUInt32LE(data.length, 4)
  const padding = type === compressed ? 0 : -data.length & 7
  return Buffer.concat([tag, data, Buffer.alloc(padding)])
}

function array(arrayClass: number, dims: [number, number], content: Uint8Array): Buffer {
  const flags = element(6, Uint8Array.of(arrayClass, 0, 0, 0, 0, 0, 0, 0))
  const sizes = element(5, new Uint8Array(Int32Array.from(dims).buffer))
  return element(matrix, Buffer.concat([flags, sizes, element(1, Buffer.from('x')), content]))
}

function nested(depth: number): Buffer {
  let inner = array(6, [1, 1], element(9, new Uint8Array(8)))
  for (let i = 0; i < depth; i++) inner = array(cellClass, [1, 1], inner)
  return inner
}

const file = (...elements: Buffer[]) => new Uint8Array(Buffer.concat([header, ...elements]))

describe('readMat refuses', () => {
  test('a file of another kind', () => {
    expect(() => readMat(new Uint8Array(4000))).toThrow(/not a little-endian level 5 MAT file/)
    expect(() => readMat(new Uint8Array())).toThrow(EvaluationError)
  })

  test('a version 7.3 file, whose header differs in the version only', () => {
    const bytes = file()
    bytes[125] = 2
    expect(() => readMat(bytes)).toThrow(/version 7\.3 files are not read/)
  })

  test('data that inflate to more than any ground truth has', () => {
    const bomb = deflateSync(new Uint8Array(64 * 1024 * 1024))
    expect(() => readMat(file(element(compressed, bomb)))).toThrow(/does not inflate/)
  })

  test('many variables that each inflate to less', () => {
    const large = array(6, [1_500_000, 1], element(9, new Uint8Array(12_000_000)))
    const packed = element(compressed, deflateSync(large))
    expect(readMat(file(packed, packed)).size).toBe(1)
    expect(() => readMat(file(packed, packed, packed))).toThrow(/does not inflate/)
  })

  test('cells nested without end, while a few levels are read', () => {
    expect(readMat(file(nested(10))).get('x')?.kind).toBe('cells')
    expect(() => readMat(file(nested(5000)))).toThrow(/too deeply/)
  })

  test('an array that holds less than its size says', () => {
    const short = array(6, [3, 1], element(9, new Uint8Array(8)))
    expect(() => readMat(file(short))).toThrow('an array of 3×1 holds 1 values')
    expect(() => readMat(file(array(cellClass, [2, 1], nested(0))))).toThrow('2×1 holds 1')
  })

  test('an element that reaches beyond the file', () => {
    const tooLong = element(matrix, new Uint8Array(8))
    tooLong.writeUInt32LE(800, 4)
    expect(() => readMat(file(tooLong))).toThrow('needs 800 bytes at 136 but the data ends at 144')
  })
})
