// Wire types of protobuf.
const VARINT = 0
const DELIMITED = 2

/** A field that is bytes, or a message of these parts. */
export function bytesField(number: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return joinBytes(...fieldParts(number, parts))
}

/** The parts of such a field, for large ones, which are better joined once with what is around them. */
export function fieldParts(number: number, parts: readonly Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return [varint(number * 8 + DELIMITED), varint(length), ...parts]
}

export function textField(number: number, text: string): Uint8Array {
  return bytesField(number, new TextEncoder().encode(text))
}

/** A field that is a whole number of at least 0. */
export function intField(number: number, value: number): Uint8Array {
  return joinBytes(varint(number * 8 + VARINT), varint(value))
}

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return Uint8Array.from([...bytes, rest])
}
