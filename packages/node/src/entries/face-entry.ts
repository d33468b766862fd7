import type { Face, FaceExpression } from '@retinaface/core'
import type { MeshEntry } from './mesh-entry.ts'
import { round } from './round.ts'

/** One face in results, in pixels of the upright picture. */
export interface FaceEntry extends Partial<MeshEntry>, Partial<FaceExpression> {
  readonly score: number
  readonly box: readonly number[]
  readonly landmarks: readonly (readonly number[])[]
}

/** A face without its mesh: a thousandth of a pixel is finer than any detector. */
export function toFaceEntry({ score, box, landmarks }: Face): FaceEntry {
  return {
    score: round(score, 1e6),
    box: box.map((value) => round(value, 1e3)),
    landmarks: landmarks.map((point) => point.map((value) => round(value, 1e3))),
  }
}
