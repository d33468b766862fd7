import { types } from 'node:util'

// Jest, jsdom and `node:vm` have classes of their own, which `instanceof` does not know.

export function isMemory(value: unknown): value is Uint8Array | ArrayBuffer {
  return types.isUint8Array(value) || types.isArrayBuffer(value)
}

export function isBlob(value: unknown): value is Blob {
  const tag = Object.prototype.toString.call(value)
  return tag === '[object Blob]' || tag === '[object File]'
}

/** The same memory as an array that native packages know. */
export function bytesOf(memory: Uint8Array | ArrayBuffer): Buffer<ArrayBuffer> {
  if (types.isArrayBuffer(memory)) return Buffer.from(memory)
  return Buffer.from(memory.buffer as ArrayBuffer, memory.byteOffset, memory.byteLength)
}

export function isUrl(value: unknown): value is URL {
  return typeof value === 'object' && value !== null && 'href' in value && 'protocol' in value
}
