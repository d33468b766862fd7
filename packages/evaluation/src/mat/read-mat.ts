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
const level5 = 0x0100
const littleEndian = 0x4d49
const arrayClass = { cell: 1, char: 4, firstNumber: 6, lastNumber: 15 } as const
const complexFlag = 0x800
// Of all variables together. WIDER FACE's largest has 0.8 MB; a bomb must not fill the memory.
const maxInflated = 32 * 1024 * 1024
const maxDepth = 16
const noNumbers: MatValue = { kind: 'numbers', dims: [0, 0], values: new Float64Array() }

/**
 * Reads the variables of a level 5 MAT file (as MATLAB 5 to 7.2 write, compressed or not): character,
 * real numeric and cell arrays, which is all that WIDER FACE uses. Other classes are left out.
 *
 * @throws {EvaluationError} if the file is not of this kind or is damaged.
 */
export function readMat(bytes: Uint8Array): Map<string, MatValue> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (
    view.byteLength < headerLength ||
    view.getUint16(126, true) !== littleEndian ||
    view.getUint16(124, true) !== level5
  ) {
    throw new EvaluationError(
      'This is not a little-endian level 5 MAT file. WIDER FACE ships its ground truth as such files (wider_face_val.mat and three more); version 7.3 files are not read.',
    )
  }
  const variables = new Map<string, MatValue>()
  const reader = new MatReader(view, headerLength)
  let budget = maxInflated
  while (!reader.atEnd) {
    const element = inflate(reader.next(), budget)
    budget -= element.data.byteLength
    const { name, value } = readArray(element, 0)
    if (value) variables.set(name, value)
  }
  return variables
}

function inflate(element: MatElement, budget: number): MatElement {
  if (element.type !== ELEMENT.compressed) return element
  const { buffer, byteOffset, byteLength } = element.data
  try {
    const packed = new Uint8Array(buffer, byteOffset, byteLength)
    const bytes = inflateSync(packed, { maxOutputLength: Math.max(1, budget) })
    return new MatReader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)).next()
  } catch (error) {
    if (error instanceof EvaluationError) throw error
    throw new EvaluationError('The MAT file is damaged: its data does not inflate.', error)
  }
}

function readArray(element: MatElement, depth: number): { name: string; value?: MatValue } {
  if (element.type !== ELEMENT.matrix) {
    throw new EvaluationError(
      `The MAT file is damaged: expected an array but found an element of type ${element.type}.`,
    )
  }
  // MATLAB writes an empty cell as an array without content.
  if (element.data.byteLength === 0) return { name: '', value: noNumbers }
  const reader = new MatReader(element.data)
  const flags = readNumbers(reader.next())[0] ?? 0
  const dims = [...readNumbers(reader.next())]
  const name = text(readNumbers(reader.next()))
  const kind = flags & 0xff
  if (kind === arrayClass.cell) return { name, value: readCells(reader, dims, depth) }
  const isNumeric = kind >= arrayClass.firstNumber && kind <= arrayClass.lastNumber
  if ((!isNumeric && kind !== arrayClass.char) || flags & complexFlag) return { name }
  const values = reader.atEnd ? new Float64Array() : readNumbers(reader.next())
  if (isNumeric) return { name, value: toNumbers(dims, values) }
  return { name, value: { kind: 'text', text: text(values) } }
}

function readCells(reader: MatReader, dims: readonly number[], depth: number): MatValue {
  if (depth >= maxDepth) throw new EvaluationError('The MAT file nests its cells too deeply.')
  const cells: MatValue[] = []
  while (!reader.atEnd) {
    cells.push(readArray(reader.next(), depth + 1).value ?? noNumbers)
  }
  assertSize(dims, cells.length)
  return { kind: 'cells', dims, cells }
}

function toNumbers(dims: readonly number[], values: Float64Array): MatValue {
  assertSize(dims, values.length)
  return { kind: 'numbers', dims, values }
}

function assertSize(dims: readonly number[], length: number): void {
  if (dims.reduce((product, size) => product * size, 1) === length) return
  throw new EvaluationError(
    `The MAT file is damaged: an array of ${dims.join('×')} holds ${length} values.`,
  )
}

function text(codes: Float64Array): string {
  return Array.from(codes, (code) => String.fromCharCode(code)).join('')
}
