const POLYNOMIAL = 0xedb88320

const table: Int32Array = /* @__PURE__ */ makeTable()

function makeTable(): Int32Array {
  const entries = new Int32Array(256)
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte
    for (let bit = 0; bit < 8; bit++) {
      remainder = remainder & 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1
    }
    entries[byte] = remainder
  }
  return entries
}

/** CRC-32 of bytes as zlib, gzip and PNG compute it (reflected, polynomial 0x04C11DB7), 0..2³²−1. */
export function crc32(bytes: Uint8Array): number {
  let remainder = -1
  for (let i = 0; i < bytes.length; i++) {
    remainder = (remainder >>> 8) ^ table[(remainder ^ bytes[i]!) & 255]!
  }
  return ~remainder >>> 0
}
