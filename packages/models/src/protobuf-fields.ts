import { ModelLoadError } from '@retinaface/core'

// Wire types of protobuf.
const VARINT = 0
const EIGHT_BYTES = 1
const DELIMITED = 2
const FOUR_BYTES = 5

/** One field of a protobuf message: its number, all its bytes, and those of its value. */
export interface ProtobufField {
  readonly number: number
  readonly raw: Uint8Array
  readonly payload: Uint8Array
}

/**
 * The fields of a protobuf message in their order.
 *
 * @throws {ModelLoadError} if the bytes are no such message.
 */
export function readProtobufFields(message: Uint8Array): ProtobufField[] {
  const fields: ProtobufField[] = []
  for (let at = 0; at < message.length; ) {
    const tag = readVarint(message, at)
    const wireType = tag.value % 8
    const size = wireType === DELIMITED ? readVarint(message, tag.end) : undefined
    const start = size?.end ?? tag.end
    const end = size ? start + size.value : skip(message, start, wireType)
    if (end > message.length) throw new ModelLoadError('The model is cut short.')
    const number = Math.floor(tag.value / 8)
    fields.push({ number, raw: message.subarray(at, end), payload: message.subarray(start, end) })
    at = end
  }
  return fields
}

function skip(message: Uint8Array, at: number, wireType: number): number {
  if (wireType === VARINT) return readVarint(message, at).end
  if (wireType === EIGHT_BYTES) return at + 8
  if (wireType === FOUR_BYTES) return at + 4
  throw new ModelLoadError('The model is damaged, or not an ONNX file.')
}

function readVarint(message: Uint8Array, start: number): { value: number; end: number } {
  let value = 0
  for (let at = start, unit = 1; at < message.length; at++, unit *= 128) {
    const byte = message[at]!
    value += (byte % 128) * unit
    if (byte < 128) return { value, end: at + 1 }
  }
  throw new ModelLoadError('The model is cut short.')
}
