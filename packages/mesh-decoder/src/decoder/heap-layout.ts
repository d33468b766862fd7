const ALIGNMENT = 16

/** Plans where things lie in a kernel's memory; addresses are in bytes, multiples of 16. */
export class HeapLayout {
  // Address 0 stands for nothing.
  #size = ALIGNMENT
  readonly #contents: { address: number; values: Float32Array | Int32Array }[] = []

  /** Bytes planned so far. */
  get size(): number {
    return this.#size
  }

  /** The address of `count` numbers of 4 bytes, zero at first. */
  reserve(count: number): number {
    const address = this.#size
    this.#size = Math.ceil((address + count * 4) / ALIGNMENT) * ALIGNMENT
    return address
  }

  /** The address of constants. */
  place(values: Float32Array | Int32Array): number {
    const address = this.reserve(values.length)
    this.#contents.push({ address, values })
    return address
  }

  /** Write the constants into memory of at least `size` bytes. */
  fill(memory: ArrayBuffer): void {
    for (const { address, values } of this.#contents) {
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
      new Uint8Array(memory).set(bytes, address)
    }
  }
}
