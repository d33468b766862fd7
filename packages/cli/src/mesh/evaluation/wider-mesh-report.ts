import { intersectionOverUnion } from '@retinaface/core'
import {
  evaluateMeshes,
  MEDIAPIPE_VERTICES,
  type MeshErrors,
  type MeshSample,
  type Points,
  poseOfPoints,
} from '@retinaface/evaluation'
import type { ComparedPicture, TaughtFace } from './compared-picture.ts'
import { type PercentSummary, toPercent } from './percent.ts'
import type { PredictedFace } from './predictions.ts'

/** A group of faces: mean distances of 468 points in percent of √(width · height). */
export interface MeshGroup {
  readonly faces: number
  readonly nme2dPercent: PercentSummary
  readonly nme3dPercent: PercentSummary
}

/** How meshes compare with the teacher's on wider-val. */
export interface WiderMeshReport extends MeshGroup {
  readonly set: 'wider-val'
  readonly pictures: number
  /** Faces for which there is no prediction. */
  readonly missed: number
  /** By the height of the box in pixels. */
  readonly byHeight: Readonly<Record<string, MeshGroup>>
  /** By the teacher's absolute yaw in degrees. */
  readonly byYaw: Readonly<Record<string, MeshGroup>>
}

/** Smaller faces show too little for a reference. */
export const SMALLEST_WIDER_FACE = 24

/** The teacher believes in a face from here on. */
const leastConfidence = 0.6
/** Less overlap of two boxes, and they are of different faces. */
const leastOverlap = 0.5

/**
 * Compares the predicted mesh of each face that the teacher believes in with the teacher's.
 *
 * @param canonical 468 vertices of the canonical face
 */
export function widerMeshReport(
  pictures: readonly ComparedPicture[],
  canonical: Points,
): WiderMeshReport {
  const samples: MeshSample[] = []
  let missed = 0
  for (const { taught, predicted } of pictures) {
    for (const { box, points, confidence } of taught) {
      if (confidence < leastConfidence) continue
      const match = bestMatch(box, predicted)
      if (!match) {
        missed += 1
        continue
      }
      const expected = points.slice(0, MEDIAPIPE_VERTICES)
      const { yaw } = poseOfPoints(expected, canonical)
      samples.push({ predicted: match.points, expected, box, yaw })
    }
  }
  const { all, byHeight, byYaw } = evaluateMeshes(samples)
  return {
    set: 'wider-val',
    pictures: pictures.length,
    missed,
    ...toGroup(all),
    byHeight: toGroups(byHeight),
    byYaw: toGroups(byYaw),
  }
}

function bestMatch(
  box: TaughtFace['box'],
  predicted: readonly PredictedFace[],
): PredictedFace | undefined {
  let best: PredictedFace | undefined
  let bestOverlap = leastOverlap
  for (const face of predicted) {
    const overlap = intersectionOverUnion(box, 0, face.box, 0)
    if (overlap < bestOverlap) continue
    best = face
    bestOverlap = overlap
  }
  return best
}

function toGroups(groups: readonly MeshErrors[]): Record<string, MeshGroup> {
  return Object.fromEntries(groups.map((group) => [group.label, toGroup(group)]))
}

function toGroup({ error2d, error3d }: MeshErrors): MeshGroup {
  return {
    faces: error2d.count,
    nme2dPercent: toPercent(error2d),
    nme3dPercent: toPercent(error3d),
  }
}
