import { asciiBytes, bytesOf, concatBytes } from './bytes.ts'

/** Codes of glTF 2.0. */
const FLOAT = 5126
const UNSIGNED_INT = 5125
const ARRAY_BUFFER = 34962
const ELEMENT_ARRAY_BUFFER = 34963
const MAGIC = 0x46546c67
const JSON_CHUNK = 0x4e4f534a
const BINARY_CHUNK = 0x004e4942

/** The binary part of a GLB with the views and accessors into it. */
export class GltfBuffer {
  readonly #parts: Uint8Array[] = []
  readonly #views: object[] = []
  readonly #accessors: object[] = []
  #length = 0

  addBytes(bytes: Uint8Array, target?: number): number {
    this.#views.push({
      buffer: 0,
      byteOffset: this.#length,
      byteLength: bytes.length,
      ...(target && { target }),
    })
    const padded = padTo4(bytes, 0)
    this.#parts.push(padded)
    this.#length += padded.length
    return this.#views.length - 1
  }

  /** What vertices have: a row each. */
  addFloats(values: Float32Array, components: 2 | 3, withBounds = false): number {
    return this.#addAccessor({
      bufferView: this.addBytes(bytesOf(values), ARRAY_BUFFER),
      componentType: FLOAT,
      count: values.length / components,
      type: `VEC${components}`,
      ...(withBounds && boundsOf(values, components)),
    })
  }

  /** What the keyframes of an animation have: their times, or values at these. */
  addKeys(values: Float32Array, type: 'SCALAR' | 'VEC4', withBounds = false): number {
    const components = type === 'SCALAR' ? 1 : 4
    return this.#addAccessor({
      bufferView: this.addBytes(bytesOf(values)),
      componentType: FLOAT,
      count: values.length / components,
      type,
      ...(withBounds && boundsOf(values, components)),
    })
  }

  /** Rows of three of which most are 0: those with a value from `least` on. */
  addSparseFloats(values: Float32Array, least: number): number {
    const rows = Array.from({ length: values.length / 3 }, (_, row) => row).filter((row) =>
      values.subarray(3 * row, 3 * row + 3).some((value) => Math.abs(value) >= least),
    )
    const kept = Float32Array.from(
      rows.flatMap((row) => [...values.subarray(3 * row, 3 * row + 3)]),
    )
    const whole = rows.length < values.length / 3 ? Float32Array.of(...kept, 0, 0, 0) : kept
    return this.#addAccessor({
      componentType: FLOAT,
      count: values.length / 3,
      type: 'VEC3',
      ...boundsOf(whole, 3),
      ...(rows.length > 0 && {
        sparse: {
          count: rows.length,
          indices: {
            bufferView: this.addBytes(bytesOf(Uint32Array.from(rows))),
            componentType: UNSIGNED_INT,
          },
          values: { bufferView: this.addBytes(bytesOf(kept)) },
        },
      }),
    })
  }

  addIndices(triangles: Int32Array): number {
    return this.#addAccessor({
      bufferView: this.addBytes(bytesOf(triangles), ELEMENT_ARRAY_BUFFER),
      componentType: UNSIGNED_INT,
      count: triangles.length,
      type: 'SCALAR',
    })
  }

  toGlb(json: object): Uint8Array {
    const text = JSON.stringify({
      ...json,
      accessors: this.#accessors,
      bufferViews: this.#views,
      buffers: [{ byteLength: this.#length }],
    })
    const jsonChunk = padTo4(asciiBytes(text), 0x20)
    const length = 12 + 8 + jsonChunk.length + 8 + this.#length
    return concatBytes([
      words(MAGIC, 2, length),
      ...[words(jsonChunk.length, JSON_CHUNK), jsonChunk],
      ...[words(this.#length, BINARY_CHUNK), ...this.#parts],
    ])
  }

  #addAccessor(accessor: object): number {
    this.#accessors.push(accessor)
    return this.#accessors.length - 1
  }
}

function padTo4(bytes: Uint8Array, filler: number): Uint8Array {
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4).fill(filler)
  padded.set(bytes)
  return padded
}

function words(...values: number[]): Uint8Array {
  return bytesOf(Uint32Array.from(values))
}

function boundsOf(values: Float32Array, components: number): { min: number[]; max: number[] } {
  const min = new Array<number>(components).fill(Number.POSITIVE_INFINITY)
  const max = new Array<number>(components).fill(Number.NEGATIVE_INFINITY)
  values.forEach((value, i) => {
    min[i % components] = Math.min(min[i % components]!, value)
    max[i % components] = Math.max(max[i % components]!, value)
  })
  return { min, max }
}
