import type { Face, PixelImage } from '@retinaface/core'
import { describeError } from '../cli-error.ts'

/** One face in results, in pixels of the upright picture. */
export interface FaceEntry {
  readonly score: number
  readonly box: readonly number[]
  readonly landmarks: readonly (readonly number[])[]
}

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
  file: string,
  { width, height }: PixelImage,
  faces: readonly Face[],
): FacesEntry {
  return { file, width, height, faces: faces.map(toFaceEntry) }
}

export function toFaceEntry({ score, box, landmarks }: Face): FaceEntry {
  return {
    score: round(score, 1e6),
    box: box.map((value) => round(value, 1e3)),
    landmarks: landmarks.map((point) => point.map((value) => round(value, 1e3))),
  }
}

export function toFailureEntry(file: string, error: unknown): FailureEntry {
  return { file, error: describeError(error) }
}

// A thousandth of a pixel is finer than any detector; more digits would be noise.
function round(value: number, steps: number): number {
  return Math.round(value * steps) / steps
}
