import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { field, intField, message, readFields, stringField } from '../scripts/protobuf-edit.ts'

const number = fc.integer({ min: 1, max: 2 ** 29 - 1 })
const anyField = fc.oneof(
  fc.tuple(number, fc.uint8Array({ maxLength: 300 })).map(([n, bytes]) => field(n, bytes)),
  fc.tuple(number, fc.nat()).map(([n, value]) => intField(n, value)),
  fc.tuple(number, fc.string()).map(([n, text]) => stringField(n, text)),
)

describe('readFields', () => {
  test.prop([fc.array(anyField)])('splits a message into fields that make it again', (parts) => {
    const whole = message(...parts)
    const fields = readFields(whole)
    expect(fields.map(({ raw }) => raw)).toEqual(parts)
    expect(message(...fields.map(({ raw }) => raw))).toEqual(whole)
  })

  test.prop([number, fc.uint8Array({ maxLength: 300 })])('gives number and payload', (n, bytes) => {
    const [read] = readFields(field(n, bytes))
    expect(read?.number).toBe(n)
    expect(read?.payload).toEqual(bytes)
  })

  test('an integer has no payload; the format’s own example is 08 96 01', () => {
    expect([...intField(1, 150)]).toEqual([0x08, 0x96, 0x01])
    expect(readFields(intField(1, 150))[0]?.payload).toBeUndefined()
  })
})
