import { inflateSync } from 'node:zlib'
import { EvaluationError } from '../evaluation-error.ts'
import { ELEMENT, type MatElement, MatReader, readNumbers } from './mat-reader.ts'

/** A MATLAB array: text, numbers or cells, column-major. */
export type MatValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'numbers'; readonly dims: readonly number[]; readonly values: Float64Array }
  | {
      readonly kind: 'cells'
      readonly dims: readonly number[]
      readonly cells: readonly MatValue[]
    }

const headerLength = 128
const arrayClass = { cell: 1, char: 4, firstNumber: 6, lastNumber: 15 } as const
const maxInflated = 256 * 1024 * 1024
const maxDepth = 16

/**
 * Reads the variables of a level 5 MAT file (as MATLAB 5 to 7.2 write, compressed or not): character,
 * numeric and cell arrays, which is all that WIDER FACE uses. Other classes are left out.
 *
 * @throws {EvaluationError} if the file is not of this kind or is damaged.
 */
export function readMat(bytes: Uint8Array): Map<string, MatValue> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.byteLength < headerLength || view.getUint16(126, true) !== 0x4d49) {
    throw new EvaluationError(
      'This is not a little-endian level 5 MAT file. WIDER FACE ships its ground truth as such files (wider_face_val.mat and three more); version 7.3 files are not read.',
    )
  }
  const variables = new Map<string, MatValue>()
  const reader = new MatReader(view, headerLength)
  while (!reader.atEnd) {
    const array = readArray(inflate(reader.next()), 0)
    if (array?.value) variables.set(array.name, array.value)
  }
  return variables
}

function inflate(element: MatElement): MatElement {
  if (element.type !== ELEMENT.compressed) return element
  const { buffer, byteOffset, byteLength } = element.data
  try {
    const packed = new Uint8Array(buffer, byteOffset, byteLength)
    const bytes = inflateSync(packed, { maxOutputLength: maxInflated })
    return new MatReader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)).next()
  } catch (error) {
    if (error instanceof EvaluationError) throw error
    throw new EvaluationError('The MAT file is damaged: its data does not inflate.', error)
  }
}

function readArray(
  element: MatElement,
  depth: number,
): { name: string; value: MatValue | undefined } | undefined {
  if (element.type !== ELEMENT.matrix) return undefined
  if (element.data.byteLength === 0) return { name: '', value: emptyArray }
  if (depth > maxDepth) throw new EvaluationError('The MAT file nests its cells too deeply.')
  const reader = new MatReader(element.data)
  const kind = (readNumbers(reader.next())[0] ?? 0) & 0xff
  const dims = [...readNumbers(reader.next())]
  const name = text(reader.next())
  if (kind === arrayClass.char) return { name, value: { kind: 'text', text: text(reader.next()) } }
  if (kind >= arrayClass.firstNumber && kind <= arrayClass.lastNumber) {
    const values = reader.atEnd ? new Float64Array() : readNumbers(reader.next())
    return { name, value: { kind: 'numbers', dims, values } }
  }
  if (kind !== arrayClass.cell) return { name, value: undefined }
  const cells: MatValue[] = []
  while (!reader.atEnd) cells.push(readArray(reader.next(), depth + 1)?.value ?? emptyArray)
  return { name, value: { kind: 'cells', dims, cells } }
}

const emptyArray: MatValue = { kind: 'numbers', dims: [0, 0], values: new Float64Array() }

function text(element: MatElement): string {
  return String.fromCharCode(...readNumbers(element))
}
