import { printable } from './printable.ts'
import type { FaceEntry, ResultEntry } from './result-entry.ts'

const points = ['right_eye', 'left_eye', 'nose', 'right_mouth', 'left_mouth']
const columns = [
  ...['file', 'width', 'height', 'face', 'score', 'x1', 'y1', 'x2', 'y2'],
  ...points.flatMap((name) => [`${name}_x`, `${name}_y`]),
  ...['error_code', 'error_message'],
]
const faceColumns = columns.length - 5

export const csvHeader: string = `${columns.join(',')}\n`

/** A row for each face; pictures without faces and failed ones have a row with empty columns. */
export function toCsvRows(entry: ResultEntry): string {
  const file = text(entry.file)
  if ('error' in entry) {
    const { code, message } = entry.error
    return row([file, '', '', ...Array(faceColumns).fill(''), text(code), text(message)])
  }
  const { width, height, faces } = entry
  const rows = faces.map((face, i) => [i + 1, ...faceValues(face)])
  if (rows.length === 0) rows.push(Array(faceColumns).fill(''))
  return rows.map((values) => row([file, width, height, ...values, '', ''])).join('\n')
}

function faceValues({ score, box, landmarks }: FaceEntry): number[] {
  return [score, ...box, ...landmarks.flat()]
}

function row(values: readonly (string | number)[]): string {
  return values.join(',')
}

/** Text as a field; one that a spreadsheet would run as a formula is preceded by an apostrophe. */
function text(value: string): string {
  const harmless = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value
  const shown = process.stdout.isTTY ? printable(harmless) : harmless
  return `"${shown.replaceAll('"', '""')}"`
}
