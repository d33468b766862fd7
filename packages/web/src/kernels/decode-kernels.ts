// Limits of an imported memory in WebAssembly's binary format: with a maximum, and shared or not.
const unshared = 1
const shared = 3
const importName = [...'memory'].map((character) => character.charCodeAt(0))

/**
 * The bytes of a build of the kernels. For memory that threads share one byte is another: the kernels
 * use no atomic operations, the threads take turns outside of them.
 *
 * @param encoded in base64
 */
export function decodeKernels(encoded: string, isShared: boolean): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0))
  if (isShared) {
    const name = bytes.findIndex((_, at) => importName.every((byte, i) => bytes[at + i] === byte))
    // The kind of import lies between.
    const limits = name + importName.length + 1
    if (bytes[limits] === unshared) bytes[limits] = shared
  }
  return bytes
}
