import type { PictureMatches } from './match-picture.ts'

/** Precision and recall at 1,000 score thresholds, from the highest down. */
export interface PrecisionRecall {
  readonly averagePrecision: number
  /** Share of the proposals that found a face; 0 where there is no proposal yet. */
  readonly precision: Float64Array
  /** Share of the faces that were found. */
  readonly recall: Float64Array
}

const thresholds = 1000

/**
 * Sums the pictures' matches up to one precision-recall curve.
 *
 * @param faces how many faces could be found in all
 */
export function precisionRecall(
  matches: readonly PictureMatches[],
  faces: number,
): PrecisionRecall {
  const proposed = new Float64Array(thresholds)
  const found = new Float64Array(thresholds)
  for (const picture of matches) addPicture(picture, proposed, found)
  const precision = found.map((count, i) => (proposed[i]! > 0 ? count / proposed[i]! : 0))
  const recall = found.map((count) => (faces > 0 ? count / faces : 0))
  return { averagePrecision: areaUnderEnvelope(precision, recall), precision, recall }
}

function addPicture(
  { scores, counts, found }: PictureMatches,
  proposedAt: Float64Array,
  foundAt: Float64Array,
): void {
  let taken = 0
  let proposed = 0
  for (let t = 0; t < thresholds; t++) {
    const threshold = 1 - (t + 1) / thresholds
    for (; taken < scores.length && scores[taken]! >= threshold; taken++) {
      proposed += counts[taken]!
    }
    proposedAt[t]! += proposed
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
