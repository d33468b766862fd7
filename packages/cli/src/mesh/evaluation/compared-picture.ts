import type { Face } from '@retinaface/core'
import type { PixelBox } from '@retinaface/evaluation'
import { toPoints } from '@retinaface/node/results'
import type { PictureWithPixels } from '../../detection/detection.ts'
import type { PredictedFace } from './predictions.ts'
import type { Teacher, TeacherAnswer } from './teacher.ts'

/** A detected face with the teacher's answer. */
export interface TaughtFace extends TeacherAnswer {
  readonly box: PixelBox
}

/** A picture of an evaluation set: what the teacher and what the evaluated one say of its faces. */
export interface ComparedPicture {
  /** Its file name. */
  readonly name: string
  readonly taught: readonly TaughtFace[]
  readonly predicted: readonly PredictedFace[]
}

/** Asks the teacher about every detected face of at least a height in pixels. */
export async function askTeacher(
  teacher: Teacher,
  { image, faces }: PictureWithPixels,
  minHeight: number,
): Promise<TaughtFace[]> {
  const taught: TaughtFace[] = []
  for (const { box, landmarks } of faces) {
    if (box[3] - box[1] < minHeight) continue
    taught.push({ box, ...(await teacher.label(image, box, landmarks)) })
  }
  return taught
}

/** Our own faces in the form of predictions. */
export function toPredictions(faces: readonly Face[]): PredictedFace[] {
  return faces.flatMap(({ box, mesh, pose }) => {
    return mesh && pose ? [{ box, points: toPoints(mesh.positions), pose }] : []
  })
}
