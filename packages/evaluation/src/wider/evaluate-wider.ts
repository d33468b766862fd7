import { EvaluationError } from '../evaluation-error.ts'
import { matchPicture, type PictureMatches, type ScoredBox } from './match-picture.ts'
import {
  WIDER_DIFFICULTIES,
  type WiderDifficulty,
  type WiderPicture,
} from './wider-ground-truth.ts'

/** Precision and recall at 1,000 score thresholds, from the highest down. */
export interface PrecisionRecall {
  readonly averagePrecision: number
  readonly precision: Float64Array
  readonly recall: Float64Array
}

/** The result of the official protocol. */
export interface WiderResult extends Readonly<Record<WiderDifficulty, PrecisionRecall>> {
  /** Pictures that were evaluated. */
  readonly images: number
}

const thresholds = 1000

/**
 * The official WIDER FACE evaluation: scores normalised over the whole set, an overlap of 0.5,
 * 1,000 thresholds, and the area under the precision envelope (Yang et al., arXiv 1511.06523, and
 * the evaluation tools published with it).
 *
 * Pictures without an entry in `detections` are left out of the ground truth.
 *
 * @param detections by the picture's file name without its ending
 * @throws {EvaluationError} if no picture of the ground truth has detections.
 */
export function evaluateWider(
  groundTruth: readonly WiderPicture[],
  detections: ReadonlyMap<string, readonly ScoredBox[]>,
): WiderResult {
  const pictures = groundTruth.filter(({ name }) => detections.has(name))
  if (pictures.length === 0) {
    throw new EvaluationError('None of the pictures is named in the WIDER FACE ground truth.')
  }
  const normalise = scoreNormaliser(pictures.flatMap(({ name }) => detections.get(name)!))
  const normalised = pictures.map(({ name }) => detections.get(name)!.map(normalise))
  const results = WIDER_DIFFICULTIES.map((difficulty) => {
    const matches = pictures.map(({ boxes, counted }, i) =>
      matchPicture(normalised[i]!, boxes, counted[difficulty]),
    )
    const faces = pictures.reduce((sum, { counted }) => sum + counted[difficulty].length, 0)
    return [difficulty, precisionRecall(matches, faces)] as const
  })
  const byDifficulty = Object.fromEntries(results) as Record<WiderDifficulty, PrecisionRecall>
  return { ...byDifficulty, images: pictures.length }
}

function scoreNormaliser(all: readonly ScoredBox[]): (detection: ScoredBox) => ScoredBox {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const { score } of all) {
    low = Math.min(low, score)
    high = Math.max(high, score)
  }
  const range = high - low || 1
  return ({ box, score }) => ({ box, score: (score - low) / range })
}

function precisionRecall(matches: readonly PictureMatches[], faces: number): PrecisionRecall {
  const proposals = new Float64Array(thresholds)
  const found = new Float64Array(thresholds)
  for (const picture of matches) addPicture(picture, proposals, found)
  const precision = found.map((count, i) => (proposals[i]! > 0 ? count / proposals[i]! : 0))
  const recall = found.map((count) => (faces > 0 ? count / faces : 0))
  return { averagePrecision: areaUnderEnvelope(precision, recall), precision, recall }
}

function addPicture(
  { scores, isProposal, found }: PictureMatches,
  proposals: Float64Array,
  foundAt: Float64Array,
): void {
  let taken = 0
  let proposed = 0
  for (let t = 0; t < thresholds; t++) {
    const threshold = 1 - (t + 1) / thresholds
    for (; taken < scores.length && scores[taken]! >= threshold; taken++) {
      proposed += isProposal[taken]!
    }
    proposals[t]! += proposed
    if (taken > 0) foundAt[t]! += found[taken - 1]!
  }
}

/** Average precision as in PASCAL VOC 2010: precision made monotone, integrated over recall. */
function areaUnderEnvelope(precision: Float64Array, recall: Float64Array): number {
  let area = 0
  let envelope = 0
  for (let i = precision.length - 1; i >= 0; i--) {
    envelope = Math.max(envelope, precision[i]!)
    area += (recall[i]! - (recall[i - 1] ?? 0)) * envelope
  }
  return area
}
