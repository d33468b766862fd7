import {
  type FaceEntry,
  toExpressionEntry,
  toFaceEntry,
  toMeshEntry,
} from '@retinaface/node/results'
import { describeError } from '../cli-error.ts'
import type { DetectedPicture } from '../detection/detection.ts'

/** A picture in results. */
export interface FacesEntry {
  readonly file: string
  readonly width: number
  readonly height: number
  readonly faces: readonly FaceEntry[]
}

/** A picture that failed. */
export interface FailureEntry {
  readonly file: string
  readonly error: { readonly code: string; readonly message: string }
}

export type ResultEntry = FacesEntry | FailureEntry

export function toFacesEntry(
  { input, width, height, faces }: DetectedPicture,
  withColors: boolean,
): FacesEntry {
  const entries = faces.map((face) => ({
    ...toFaceEntry(face),
    ...toMeshEntry(face, withColors),
    ...toExpressionEntry(face),
  }))
  return { file: input.file, width, height, faces: entries }
}

export function toFailureEntry(file: string, error: unknown): FailureEntry {
  return { file, error: describeError(error) }
}
