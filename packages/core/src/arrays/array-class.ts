/**
 * The class of an array of numbers, such as `'Float32Array'`. Unlike `instanceof`, its name holds for
 * arrays of another realm too: of a frame, of `node:vm`, and of whatever a test runner puts modules in.
 */
export function arrayClassOf(value: unknown): string | undefined {
  return ArrayBuffer.isView(value) ? (value as Uint8Array)[Symbol.toStringTag] : undefined
}
