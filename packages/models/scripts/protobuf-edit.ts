import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire'

/** One field of a protobuf message as it stands on the wire. */
export interface WireField {
  readonly number: number
  /** Tag and payload. */
  readonly raw: Uint8Array
  /** Payload of a length-delimited field, otherwise undefined. */
  readonly payload: Uint8Array | undefined
}

/** Splits a message into its fields without knowing its schema. */
export function readFields(message: Uint8Array): WireField[] {
  const reader = new BinaryReader(message)
  const fields: WireField[] = []
  while (reader.pos < reader.len) {
    const start = reader.pos
    const [number, wireType] = reader.tag()
    const payload = wireType === WireType.LengthDelimited ? reader.bytes() : undefined
    if (!payload) reader.skip(wireType, number)
    fields.push({ number, raw: message.subarray(start, reader.pos), payload })
  }
  return fields
}

/** A length-delimited field. */
export function field(number: number, payload: Uint8Array): Uint8Array {
  return new BinaryWriter().tag(number, WireType.LengthDelimited).bytes(payload).finish()
}

/** A string field. */
export function stringField(number: number, text: string): Uint8Array {
  return new BinaryWriter().tag(number, WireType.LengthDelimited).string(text).finish()
}

/** An integer field. */
export function intField(number: number, value: number): Uint8Array {
  return new BinaryWriter().tag(number, WireType.Varint).int64(value).finish()
}

/** The message that the given fields make. */
export function message(...fields: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of fields) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
