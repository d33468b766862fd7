import { readFile } from 'node:fs/promises'
import { MEDIAPIPE_VERTICES, type Points, type PoseAngles } from '@retinaface/evaluation'
import { describeError } from '@retinaface/node/results'
import { CliError } from '../../cli-error.ts'
import type { EvaluationSetName } from './evaluation-set.ts'

/** A face as somebody's program found it. */
export interface PredictedFace {
  /** `[x1, y1, x2, y2]` in pixels. */
  readonly box: readonly [number, number, number, number]
  /** 68 landmarks, or at least 468 vertices of which the first 468 are MediaPipe's, in pixels. */
  readonly points: Points
  readonly pose?: PoseAngles
}

/** The faces of each picture by its file name. */
export type Predictions = ReadonlyMap<string, readonly PredictedFace[]>

/** The format of such a file, for help. */
export const PREDICTIONS_HELP = `
A file of predictions is JSON, the faces of each picture by its file name:
  {"0_Parade_1.jpg": [{"box": [x1, y1, x2, y2], "points": [[x, y, z], …]}, …], …}
Points are 468 or more, the first 468 being MediaPipe's, or the 68 landmarks of the iBUG scheme
(helen and aflw, where z may be left out), in pixels of the upright picture. "pose":
{"yaw", "pitch", "roll"} in degrees may follow; of 468 points the pose is computed.`

/** @throws {CliError} naming the file and what in it is not as expected for the set */
export async function readPredictions(file: string, set: EvaluationSetName): Promise<Predictions> {
  const takesLandmarks = set !== 'wider-val'
  try {
    const entries = Object.entries(JSON.parse(await readFile(file, 'utf8')))
    for (const [name, faces] of entries) {
      const broken = Array.isArray(faces)
        ? faces.findIndex((face) => !isPredictedFace(face, takesLandmarks))
        : 0
      if (broken < 0) continue
      throw new Error(`face ${broken + 1} of ${JSON.stringify(name)} is not of this format`)
    }
    return new Map(entries as [string, PredictedFace[]][])
  } catch (error) {
    throw new CliError(
      'PREDICTIONS',
      `Expected predictions in ${JSON.stringify(file)}, as eval mesh --help describes them for the set ${set}, but ${describeError(error).message}.`,
      error,
    )
  }
}

function isPredictedFace(face: Partial<PredictedFace> | null, takesLandmarks: boolean): boolean {
  const { box, points } = face ?? {}
  if (!(isNumbers(box) && box.length === 4)) return false
  if (!(Array.isArray(points) && points.every(isNumbers))) return false
  return points.length >= MEDIAPIPE_VERTICES || (takesLandmarks && points.length === 68)
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(Number.isFinite)
}
