import type { Face, ImageSize } from '@retinaface/core'
import { describeError, round } from '@retinaface/node/results'
import type { FailedPicture } from '../plan/shards.ts'
import type { FaceQuality } from '../quality-stage.ts'
import { POINT_NAMES, type Row } from './columns.ts'

/** A row for each face, the best first; a picture without faces has one row. Others' columns are missing. */
export function toRows(
  file: string,
  { width, height, faces }: ImageSize & { readonly faces: readonly Face[] },
): Row[] {
  const picture = { file, width, height, faces: faces.length }
  if (faces.length === 0) return [picture]
  return faces.map((face, i) => ({ ...picture, face: i + 1, ...faceValues(face) }))
}

/** The row of a picture that failed. */
export function toErrorRow({ file, error }: FailedPicture): Row {
  return { file, error_code: error.code, error_message: error.message }
}

/** How a failure is written. */
export function toFailure(file: string, error: unknown): FailedPicture {
  return { file, error: describeError(error) }
}

function faceValues(face: Face & Partial<FaceQuality>): Row {
  const { score, box, landmarks, pose, latent, quality } = face
  const [x1, y1, x2, y2] = box
  const points = landmarks.flatMap(([x, y], i) => [
    [`${POINT_NAMES[i]}_x`, rounded(x)],
    [`${POINT_NAMES[i]}_y`, rounded(y)],
  ])
  return {
    score,
    ...{ x1: rounded(x1), y1: rounded(y1), x2: rounded(x2), y2: rounded(y2) },
    ...Object.fromEntries(points),
    size: rounded(Math.max(x2 - x1, y2 - y1)),
    sharpness: quality?.sharpness == null ? null : rounded(quality.sharpness),
    ...(pose
      ? { yaw: rounded(pose.yaw), pitch: rounded(pose.pitch), roll: rounded(pose.roll) }
      : {}),
    latent: latent ? [...latent] : null,
    crop: quality?.crop ?? null,
  }
}

/** A thousandth of a pixel or degree is finer than any detector. */
function rounded(value: number): number {
  return round(value, 1000)
}
