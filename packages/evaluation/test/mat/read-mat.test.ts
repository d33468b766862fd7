import { readFileSync } from 'node:fs'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { EvaluationError, type MatValue, readMat } from '../../src/index.ts'

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)))
const numbers = (dims: number[], ...values: number[]): MatValue => ({
  kind: 'numbers',
  dims,
  values: Float64Array.from(values),
})

describe('readMat', () => {
  test.each(['kinds.mat', 'kinds-plain.mat'])('reads what SciPy wrote into %s', (file) => {
    expect(readMat(fixture(file))).toEqual(
      new Map<string, MatValue>([
        ['double', numbers([2, 2], 1.5, 3, -2.25, 1e300)],
        ['int32', numbers([2, 1], -7, 2 ** 31 - 1)],
        ['uint8', numbers([1, 3], 1, 2, 255)],
        ['int16', numbers([1, 2], -300, 300)],
        ['single', numbers([1, 1], 0.5)],
        ['empty', numbers([0, 4])],
        ['word', { kind: 'text', text: 'stride' }],
        ['tiny', { kind: 'text', text: 'a' }],
        [
          'nested',
          {
            kind: 'cells',
            dims: [2, 1],
            cells: [
              { kind: 'text', text: 'deep' },
              { kind: 'cells', dims: [1, 1], cells: [numbers([1, 1], 4)] },
            ],
          },
        ],
      ]),
    )
  })

  test('reads from the middle of a larger buffer', () => {
    const bytes = fixture('kinds.mat')
    const buffer = new Uint8Array(bytes.length + 13)
    buffer.set(bytes, 13)
    expect(readMat(buffer.subarray(13))).toEqual(readMat(bytes))
  })

  test.each(['kinds.mat', 'kinds-plain.mat', 'wider_face_val.mat'])(
    'a shortened %s never gives another value for a variable',
    (file) => {
      const bytes = fixture(file)
      const whole = readMat(bytes)
      for (let length = 0; length < bytes.length; length++) {
        let variables: Map<string, MatValue>
        try {
          variables = readMat(bytes.subarray(0, length))
        } catch (error) {
          expect(error).toBeInstanceOf(EvaluationError)
          continue
        }
        for (const [name, value] of variables) expect(value).toEqual(whole.get(name))
      }
    },
  )

  test.prop(
    [
      fc.constantFrom('kinds.mat', 'kinds-plain.mat', 'wider_medium_val.mat'),
      fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
        minLength: 1,
        maxLength: 4,
      }),
    ],
    { numRuns: 2000 },
  )('damaged bytes give values or an EvaluationError, nothing else', (file, damage) => {
    const bytes = fixture(file)
    for (const [at, value] of damage) bytes[Math.floor(at * bytes.length)] = value
    try {
      readMat(bytes)
    } catch (error) {
      expect(error).toBeInstanceOf(EvaluationError)
    }
  })
})
