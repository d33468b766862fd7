/** An array of 8-bit numbers that stand for `value × scale + zero`. */
export interface PackedArray {
  readonly values: Uint8Array
  readonly scale: number
  readonly zero: number
}

interface ManifestEntry {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: 'float32'
  readonly quantization?: { readonly dtype: 'uint8'; readonly scale: number; readonly min: number }
}

/** Weights of a TensorFlow.js model: a manifest and the file in which its arrays follow one another. */
export class PackedWeights {
  private readonly arrays = new Map<string, { entry: ManifestEntry; bytes: Uint8Array }>()

  constructor(manifest: Uint8Array, data: Uint8Array) {
    const groups: { weights: ManifestEntry[] }[] = JSON.parse(new TextDecoder().decode(manifest))
    let at = 0
    for (const entry of groups.flatMap(({ weights }) => weights)) {
      const count = entry.shape.reduce((product, size) => product * size, 1)
      const length = entry.quantization ? count : 4 * count
      this.arrays.set(entry.name, { entry, bytes: Uint8Array.from(data.subarray(at, at + length)) })
      at += length
    }
    if (at !== data.length)
      throw new Error(`Expected ${at} bytes of weights but found ${data.length}.`)
  }

  dims(name: string): readonly number[] {
    return this.find(name).entry.shape
  }

  /** An array that is stored in 8 bits; `undefined` for those in floats. */
  packed(name: string): PackedArray | undefined {
    const { entry, bytes } = this.find(name)
    const { quantization } = entry
    return quantization && { values: bytes, scale: quantization.scale, zero: quantization.min }
  }

  /** An array in floats, however it is stored. */
  floats(name: string): Float32Array {
    const { entry, bytes } = this.find(name)
    const { quantization } = entry
    if (!quantization) return new Float32Array(bytes.buffer)
    return Float32Array.from(bytes, (value) => value * quantization.scale + quantization.min)
  }

  private find(name: string): { entry: ManifestEntry; bytes: Uint8Array } {
    const found = this.arrays.get(name)
    if (!found) throw new Error(`The weights have no ${name}.`)
    return found
  }
}
