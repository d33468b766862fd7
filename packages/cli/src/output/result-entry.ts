import type { FrameFacesWithIds } from '@retinaface/node'
import {
  describeError,
  type FaceEntry,
  round,
  toExpressionEntry,
  toFaceEntry,
  toMeshEntry,
} from '@retinaface/node/results'
import type { DetectedPicture } from '../detection/detection.ts'

/** A picture in results. */
export interface FacesEntry {
  readonly file: string
  readonly width: number
  readonly height: number
  readonly faces: readonly FaceEntry[]
}

/** A face of a video. */
export interface TrackedEntry extends FaceEntry {
  /** The same through the frames. */
  readonly id: number
}

/** A frame of a video in results. */
export interface FrameEntry extends FacesEntry {
  /** When it is shown, in seconds. */
  readonly time: number
  readonly faces: readonly TrackedEntry[]
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

/** A frame of a video that was looked at. */
export function toFrameEntry(
  file: string,
  { time, image: { width, height }, faces }: FrameFacesWithIds,
): FrameEntry {
  const entries = faces.map((face) => ({
    id: face.id,
    ...toFaceEntry(face),
    ...toMeshEntry(face, false),
    ...toExpressionEntry(face),
  }))
  return { file, width, height, time: round(time, 1e6), faces: entries }
}

export function toFailureEntry(file: string, error: unknown): FailureEntry {
  return { file, error: describeError(error) }
}
