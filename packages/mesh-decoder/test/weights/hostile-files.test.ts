import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { WeightFileError } from '../../src/errors/mesh-errors.ts'
import { readTensorFile } from '../../src/weights/read-tensor-file.ts'

const data = Buffer.from(Float32Array.of(1, 2, 3, 4).buffer)
const metadata = {
  format: 'retinaface-mesh',
  version: '1',
  crc32: crc32(data).toString(16).padStart(8, '0'),
}
const whole = { dtype: 'F32', shape: [4], data_offsets: [0, 16] }

const hostile: [string, object | string, RegExp][] = [
  ['no metadata', { a: whole }, /Expected `__metadata__`/],
  [
    'another format',
    { __metadata__: { ...metadata, format: 'pt' } },
    /format "retinaface-mesh" but found "pt"/,
  ],
  [
    'a later version',
    { __metadata__: { ...metadata, version: '2' } },
    /version "1" but found "2": use a version/,
  ],
  ['no version', { __metadata__: { ...metadata, version: 1 } }, /version "1" but found none/],
  ['a list as header', [], /JSON object as header/],
  ['no JSON', '{"a":', /header in JSON/],
  [
    'another type',
    entries({ a: { ...whole, dtype: 'F64' } }),
    /F32, F16 or I32 for tensor a but found "F64"/,
  ],
  ['an entry that is null', entries({ a: null }), /F32, F16 or I32/],
  [
    'an endless size',
    entries({ a: { ...whole, shape: [2 ** 40, 2 ** 40] } }),
    /bytes for tensor a/,
  ],
  [
    'sizes whose product overflows to the right one',
    entries({ a: { ...whole, shape: [-2, -2] } }),
    /list of sizes/,
  ],
  ['a size that is no number', entries({ a: { ...whole, shape: ['4'] } }), /list of sizes/],
  ['no shape', entries({ a: { ...whole, shape: undefined } }), /list of sizes/],
  [
    'offsets past the end',
    entries({ a: { ...whole, shape: [8], data_offsets: [0, 32] } }),
    /32 bytes of data but found 16/,
  ],
  [
    'offsets the wrong way round',
    entries({ a: { ...whole, data_offsets: [16, 0] } }),
    /its offsets give -16/,
  ],
  ['three offsets', entries({ a: { ...whole, data_offsets: [0, 16, 16] } }), /two offsets/],
  [
    'overlapping tensors',
    entries({ a: whole, b: whole }),
    /b to begin at byte 16 of the data but it begins at 0/,
  ],
  ['a gap', entries({ a: { ...whole, shape: [3], data_offsets: [4, 16] } }), /begin at byte 0/],
  ['data that belongs to no tensor', entries({}), /Expected 0 bytes of data but found 16/],
  ['a text that is not ASCII', '{"é":1}', /ASCII/],
]

describe('a file with', () => {
  it.each(hostile)('%s is refused', (_name, header, message) => {
    expect(() => readTensorFile(fileOf(header))).toThrow(WeightFileError)
    expect(() => readTensorFile(fileOf(header))).toThrow(message)
  })

  it('a header longer than any memory is refused before it is read', () => {
    const file = fileOf(entries({ a: whole }))
    file.writeBigUInt64LE(2n ** 63n, 0)
    expect(() => readTensorFile(file)).toThrow(/only \d+ follow/)
  })

  it('infinite values is refused', () => {
    const values = Buffer.from(Float32Array.of(1, Number.POSITIVE_INFINITY, 3, 4).buffer)
    const checked = { ...metadata, crc32: crc32(values).toString(16).padStart(8, '0') }
    const file = fileOf({ __metadata__: checked, a: whole }, values)
    expect(() => readTensorFile(file)).toThrow(
      'Expected finite numbers in a but element 1 is Infinity.',
    )
  })

  it('keys of the prototype holds tensors of these names and nothing else', () => {
    const entry = { dtype: 'F32', shape: [2], data_offsets: [0, 8] }
    const other = { ...entry, data_offsets: [8, 16] }
    const text = JSON.stringify(entries({ constructor: entry })).replace(
      /}$/,
      `,"__proto__":${JSON.stringify(other)}}`,
    )
    const { tensors } = readTensorFile(fileOf(text))
    expect([...tensors.keys()]).toEqual(['constructor', '__proto__'])
    expect(({} as Record<string, unknown>).shape).toBeUndefined()
  })
})

function entries(tensors: object): object {
  return { __metadata__: metadata, ...tensors }
}

function fileOf(header: object | string, section: Buffer = data): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeUInt32LE(text.length)
  return Buffer.concat([length, text, section])
}
