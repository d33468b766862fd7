import { expressionColumns, expressionValues, type FaceEntry } from '@retinaface/node/results'
import type { ResultEntry } from './result-entry.ts'

const points = ['right_eye', 'left_eye', 'nose', 'right_mouth', 'left_mouth']
const angles = ['yaw', 'pitch', 'roll'] as const
const faceColumns = [
  ...['face', 'score', 'x1', 'y1', 'x2', 'y2'],
  ...points.flatMap((name) => [`${name}_x`, `${name}_y`]),
]

/** What faces have columns for besides box and landmarks. */
export interface CsvParts {
  readonly pose?: boolean | undefined
  readonly expressions?: boolean | undefined
}

export function csvHeader(parts: CsvParts): string {
  const columns = ['file', 'width', 'height', ...faceColumns, ...columnsOf(parts)]
  return `${[...columns, 'error_code', 'error_message'].join(',')}\n`
}

/** A row for each face; pictures without faces and failed ones have a row with empty columns. */
export function toCsvRows(entry: ResultEntry, parts: CsvParts): string[] {
  const file = text(entry.file)
  const empty = [...faceColumns, ...columnsOf(parts)].map(() => '')
  if ('error' in entry) {
    const { code, message } = entry.error
    return [row([file, '', '', ...empty, text(code), text(message)])]
  }
  const { width, height, faces } = entry
  const rows = faces.map((face, i) => [i + 1, ...faceValues(face, parts)])
  if (rows.length === 0) rows.push(empty)
  return rows.map((values) => row([file, width, height, ...values, '', '']))
}

function columnsOf({ pose, expressions }: CsvParts): string[] {
  return [...(pose ? angles : []), ...(expressions ? expressionColumns : [])]
}

function faceValues(face: FaceEntry, { pose, expressions }: CsvParts): Field[] {
  const turned = pose ? angles.map((angle) => face.pose?.[angle] ?? '') : []
  const shown = expressions ? expressionValues(face) : []
  return [face.score, ...face.box, ...face.landmarks.flat(), ...turned, ...shown]
}

type Field = string | number

function row(values: readonly Field[]): string {
  return values.join(',')
}

/** Text as a field; one that a spreadsheet would run as a formula is preceded by an apostrophe. */
function text(value: string): string {
  const harmless = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value
  return `"${harmless.replaceAll('"', '""')}"`
}
