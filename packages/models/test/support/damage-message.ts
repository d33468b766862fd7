import { damageBytes, type Random } from '../../../../fixtures/fuzz.ts'
import { type ProtobufField, readProtobufFields } from '../../src/protobuf-fields.ts'
import { bytesField, intField, joinBytes } from '../../src/protobuf-message.ts'

/**
 * Damages a protobuf message by its fields, at any depth: they are left out, doubled, exchanged,
 * renumbered or given other values, and all lengths are then right again.
 */
export function damageMessage(message: Uint8Array, next: Random): Uint8Array<ArrayBuffer> {
  const fields = fieldsOf(message)
  if (fields.length === 0) return damageBytes(message, next)
  const damaged = fields.map(({ raw }) => raw)
  const at = next(fields.length)
  const field = damaged[at]!
  const way = next(16)
  if (way === 0) damaged.splice(at, 1)
  else if (way === 1) damaged.splice(next(damaged.length), 0, field)
  else if (way === 2) damaged[at] = damaged.splice(next(damaged.length), 1, field)[0]!
  else damaged[at] = damageField(fields[at]!, next)
  return joinBytes(...damaged)
}

function damageField({ number, raw, payload }: ProtobufField, next: Random): Uint8Array {
  const isBytes = raw[0]! % 8 === 2
  const named = next(16) === 0 ? 1 + next(20) : number
  if (isBytes && next(16) > 0) return bytesField(named, damageMessage(payload, next))
  const values = [0, 1, 7, 127, 2 ** 31, 2 ** 53 - 1, next(100)]
  return intField(named, values[next(values.length)]!)
}

/** None where the bytes are no message. */
function fieldsOf(message: Uint8Array): ProtobufField[] {
  try {
    return readProtobufFields(message)
  } catch {
    return []
  }
}
