import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { fc, test } from '@fast-check/vitest'
import { ModelLoadError } from '@retinaface/core'
import { describe, expect } from 'vitest'
import { readProtobufFields } from '../src/protobuf-fields.ts'
import { bytesField, intField, joinBytes, textField } from '../src/protobuf-message.ts'

const number = fc.integer({ min: 1, max: 2 ** 29 - 1 })
const bytes = fc.uint8Array({ maxLength: 300 })
const anyField = fc.oneof(
  fc.tuple(number, bytes).map(([n, value]) => bytesField(n, value)),
  fc.tuple(number, fc.nat()).map(([n, value]) => intField(n, value)),
  fc.tuple(number, fc.string()).map(([n, text]) => textField(n, text)),
)

describe('protobuf fields', () => {
  test.prop([number, fc.nat(), fc.string({ unit: 'grapheme' }), bytes])(
    'are written as another library writes them',
    (n, whole, text, value) => {
      const writer = new BinaryWriter()
      writer.tag(n, WireType.Varint).int64(whole)
      writer.tag(n, WireType.LengthDelimited).string(text)
      writer.tag(n, WireType.LengthDelimited).bytes(value)
      const written = joinBytes(intField(n, whole), textField(n, text), bytesField(n, value))
      expect(written).toEqual(writer.finish())
    },
  )

  test.prop([fc.array(anyField)])('are what a message is split into', (parts) => {
    const fields = readProtobufFields(joinBytes(...parts))
    expect(fields.map(({ raw }) => raw)).toEqual(parts)
  })

  test.prop([number, bytes])('give their number and what they hold', (n, value) => {
    const [read] = readProtobufFields(bytesField(n, value))
    expect(read?.number).toBe(n)
    expect(read?.payload).toEqual(value)
  })

  test('of whole numbers: the format’s own example is 08 96 01', () => {
    expect([...intField(1, 150)]).toEqual([0x08, 0x96, 0x01])
    expect([...readProtobufFields(intField(1, 150))[0]!.payload]).toEqual([0x96, 0x01])
  })

  test.prop([number, fc.uint8Array({ minLength: 1, maxLength: 300 })])(
    'that are cut short are refused',
    (n, value) => {
      const cut = bytesField(n, value).subarray(0, -1)
      expect(() => readProtobufFields(cut)).toThrow(ModelLoadError)
    },
  )
})
