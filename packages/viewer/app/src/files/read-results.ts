import { AppError } from '../content/app-error.ts'
import { quote } from './read-picture.ts'

/** A face as the command line writes it with `--mesh`. */
export interface FaceEntry {
  readonly score?: number
  readonly box?: readonly number[]
  readonly landmarks?: readonly (readonly number[])[]
  readonly mesh: {
    readonly positions: readonly (readonly number[])[]
    readonly colors?: readonly (readonly number[])[]
  }
  readonly pose?: { readonly yaw: number; readonly pitch: number; readonly roll: number }
  readonly camera: readonly number[]
  readonly light?: readonly number[]
  readonly latent?: readonly number[]
  readonly anchor: { readonly centre: readonly [number, number]; readonly size: number }
}

/** A picture as the command line writes it. */
export interface PictureEntry {
  readonly file: string
  readonly width: number
  readonly height: number
  readonly faces: readonly FaceEntry[]
}

const MAKE_THEM = 'Make one with “retinaface detect photo.jpg --mesh --json”.'

/**
 * Reads what `retinaface detect --mesh` writes: JSON of one picture or several, or a line of JSON for
 * each. Pictures that failed there are left out.
 *
 * @throws {AppError} if it is something else.
 */
export function readResults(text: string, file: { readonly name: string }): PictureEntry[] {
  const entries = parse(text, file).filter((entry) => !isFailure(entry))
  if (entries.length === 0) {
    throw new AppError(`${quote(file)} has no results.`, `Every picture failed. ${MAKE_THEM}`)
  }
  return entries.map((entry) => {
    if (isPicture(entry)) return entry
    if (lacksMeshes(entry)) {
      throw new AppError(
        `${quote(file)} has faces without meshes.`,
        'Run “retinaface detect” again with --mesh.',
      )
    }
    throw new AppError(`${quote(file)} is not a result of “retinaface detect”.`, MAKE_THEM)
  })
}

function parse(text: string, file: { readonly name: string }): unknown[] {
  const trimmed = text.replace(/^\ufeff/, '').trim()
  try {
    const whole: unknown = JSON.parse(trimmed)
    return Array.isArray(whole) ? whole : [whole]
  } catch (error) {
    try {
      return trimmed.split('\n').map((line): unknown => JSON.parse(line))
    } catch {
      throw new AppError(`${quote(file)} is not JSON.`, `It may be cut short. ${MAKE_THEM}`, error)
    }
  }
}

function isFailure(entry: unknown): boolean {
  return isRecord(entry) && typeof entry.file === 'string' && isRecord(entry.error)
}

function lacksMeshes(entry: unknown): boolean {
  if (!isRecord(entry) || !Array.isArray(entry.faces)) return false
  return entry.faces.some((face) => isRecord(face) && Array.isArray(face.box) && !face.mesh)
}

function isPicture(entry: unknown): entry is PictureEntry {
  return (
    isRecord(entry) &&
    typeof entry.file === 'string' &&
    isSide(entry.width) &&
    isSide(entry.height) &&
    Array.isArray(entry.faces) &&
    entry.faces.every(isFace)
  )
}

function isFace(face: unknown): face is FaceEntry {
  if (!isRecord(face) || !isRecord(face.mesh) || !isRecord(face.anchor)) return false
  const { mesh, anchor, box, landmarks, pose, light, latent } = face
  return (
    isRows(mesh.positions, 3) &&
    optional(mesh.colors, (colors) => isRows(colors, 3)) &&
    isNumbers(face.camera, 7) &&
    isNumbers(anchor.centre, 2) &&
    isNumber(anchor.size) &&
    optional(face.score, isNumber) &&
    optional(box, (value) => isNumbers(value, 4)) &&
    optional(landmarks, (value) => isRows(value, 2)) &&
    optional(light, (value) => isNumbers(value, 9)) &&
    optional(latent, isNumbers) &&
    optional(pose, (value) => isRecord(value) && isNumbers([value.yaw, value.pitch, value.roll]))
  )
}

function optional(value: unknown, test: (value: unknown) => boolean): boolean {
  return value === undefined || test(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function isSide(value: unknown): boolean {
  return isNumber(value) && value > 0
}

function isNumbers(value: unknown, length?: number): boolean {
  if (!Array.isArray(value)) return false
  return (length === undefined || value.length === length) && value.every(isNumber)
}

function isRows(value: unknown, columns: number): boolean {
  return Array.isArray(value) && value.every((row) => isNumbers(row, columns))
}
