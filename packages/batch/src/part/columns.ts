import type { BatchSettings } from '../plan/settings.ts'

/** What a column holds: text, a whole number, a number, numbers, or bytes. */
export type ColumnType = 'text' | 'integer' | 'float' | 'floats' | 'bytes'

/** A column of parts. */
export interface Column {
  readonly name: string
  readonly type: ColumnType
}

/** A value of a row; null where the face or picture has none. */
export type Value = string | number | readonly number[] | Uint8Array | null

/** A face, or a picture without any, by the names of the columns. */
export type Row = Readonly<Record<string, Value>>

const points = ['right_eye', 'left_eye', 'nose', 'right_mouth', 'left_mouth']

const text = (...names: string[]) => names.map((name) => ({ name, type: 'text' }) as const)
const integers = (...names: string[]) => names.map((name) => ({ name, type: 'integer' }) as const)
const floats = (...names: string[]) => names.map((name) => ({ name, type: 'float' }) as const)

/** A picture: a row for each of its faces, or one row if it has none. */
export const PICTURE_COLUMNS: readonly Column[] = [
  ...text('file'),
  ...integers('width', 'height', 'faces'),
]

/** A face in pixels of its picture; `face` is 1 for the best of the picture. */
export const FACE_COLUMNS: readonly Column[] = [
  ...integers('face'),
  ...floats('score', 'x1', 'y1', 'x2', 'y2'),
  ...floats(...points.flatMap((name) => [`${name}_x`, `${name}_y`])),
  ...floats('size'),
]

/** Why a picture failed; null if it did not. */
export const ERROR_COLUMNS: readonly Column[] = text('error_code', 'error_message')

/** The columns of a run's parts, in their order. */
export function columnsOf({ pose = true, latents, crops }: BatchSettings): readonly Column[] {
  return [
    ...PICTURE_COLUMNS,
    ...FACE_COLUMNS,
    ...floats('sharpness'),
    ...(pose ? floats('yaw', 'pitch', 'roll') : []),
    ...(latents ? [{ name: 'latent', type: 'floats' } as const] : []),
    ...(crops === undefined ? [] : [{ name: 'crop', type: 'bytes' } as const]),
    ...ERROR_COLUMNS,
  ]
}

/** The columns that name a face's points. */
export const POINT_NAMES: readonly string[] = points
