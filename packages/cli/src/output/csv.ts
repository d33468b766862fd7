import type { FaceEntry, ResultEntry } from './result-entry.ts'

const points = ['right_eye', 'left_eye', 'nose', 'right_mouth', 'left_mouth']
const angles = ['yaw', 'pitch', 'roll'] as const
const faceColumns = [
  ...['face', 'score', 'x1', 'y1', 'x2', 'y2'],
  ...points.flatMap((name) => [`${name}_x`, `${name}_y`]),
]

/** @param withPose with the columns of poses */
export function csvHeader(withPose: boolean): string {
  const columns = ['file', 'width', 'height', ...faceColumns, ...(withPose ? angles : [])]
  return `${[...columns, 'error_code', 'error_message'].join(',')}\n`
}

/** A row for each face; pictures without faces and failed ones have a row with empty columns. */
export function toCsvRows(entry: ResultEntry, withPose: boolean): string[] {
  const file = text(entry.file)
  const empty = Array(faceColumns.length + (withPose ? angles.length : 0)).fill('')
  if ('error' in entry) {
    const { code, message } = entry.error
    return [row([file, '', '', ...empty, text(code), text(message)])]
  }
  const { width, height, faces } = entry
  const rows = faces.map((face, i) => [i + 1, ...faceValues(face, withPose)])
  if (rows.length === 0) rows.push(empty)
  return rows.map((values) => row([file, width, height, ...values, '', '']))
}

function faceValues({ score, box, landmarks, pose }: FaceEntry, withPose: boolean): Field[] {
  const turned = withPose ? angles.map((angle) => pose?.[angle] ?? '') : []
  return [score, ...box, ...landmarks.flat(), ...turned]
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
