import { EvaluationError } from '../evaluation-error.ts'

/** One data element of a MAT file: its type and payload. */
export interface MatElement {
  readonly type: number
  readonly data: DataView
}

/** Element types of the level 5 format ("MAT-File Format", MathWorks, table 1-1). */
export const ELEMENT = { matrix: 14, compressed: 15 } as const

/** Walks over the data elements of a level 5 MAT file, little endian. */
export class MatReader {
  private readonly view: DataView
  private position: number

  constructor(view: DataView, position = 0) {
    this.view = view
    this.position = position
  }

  get atEnd(): boolean {
    return this.position >= this.view.byteLength
  }

  /** @throws {EvaluationError} if the element reaches beyond the data. */
  next(): MatElement {
    const start = this.position
    this.expect(start, 8)
    const head = this.view.getUint32(start, true)
    // A small element keeps its size in the type's upper half and its data in the tag.
    const small = head >>> 16
    const size = small > 0 ? small : this.view.getUint32(start + 4, true)
    const dataStart = small > 0 ? start + 4 : start + 8
    this.expect(dataStart, size)
    const type = small > 0 ? head & 0xffff : head
    const padding = small > 0 ? 8 - 4 - size : type === ELEMENT.compressed ? 0 : -size & 7
    this.position = dataStart + size + padding
    return { type, data: new DataView(this.view.buffer, this.view.byteOffset + dataStart, size) }
  }

  private expect(start: number, size: number): void {
    if (start + size > this.view.byteLength) {
      throw new EvaluationError(
        `The MAT file is damaged: an element needs ${size} bytes at ${start} but the data ends at ${this.view.byteLength}.`,
      )
    }
  }
}

const numberReaders: Readonly<
  Record<number, { size: number; read: (view: DataView, at: number) => number }>
> = {
  1: { size: 1, read: (view, at) => view.getInt8(at) },
  2: { size: 1, read: (view, at) => view.getUint8(at) },
  3: { size: 2, read: (view, at) => view.getInt16(at, true) },
  4: { size: 2, read: (view, at) => view.getUint16(at, true) },
  5: { size: 4, read: (view, at) => view.getInt32(at, true) },
  6: { size: 4, read: (view, at) => view.getUint32(at, true) },
  7: { size: 4, read: (view, at) => view.getFloat32(at, true) },
  9: { size: 8, read: (view, at) => view.getFloat64(at, true) },
  16: { size: 1, read: (view, at) => view.getUint8(at) },
  17: { size: 2, read: (view, at) => view.getUint16(at, true) },
}

/** The numbers of an element, whatever type they are stored in. */
export function readNumbers({ type, data }: MatElement): Float64Array {
  const reader = numberReaders[type]
  if (!reader) throw new EvaluationError(`The MAT file holds numbers of an unknown type ${type}.`)
  const values = new Float64Array(Math.floor(data.byteLength / reader.size))
  for (let i = 0; i < values.length; i++) values[i] = reader.read(data, i * reader.size)
  return values
}
