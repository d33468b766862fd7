import { EvaluationError } from '../evaluation-error.ts'
import { matchPicture, type Proposal, type ScoredBox } from './match-picture.ts'
import { type PrecisionRecall, precisionRecall } from './precision-recall.ts'
import {
  WIDER_DIFFICULTIES,
  type WiderDifficulty,
  type WiderPicture,
} from './wider-ground-truth.ts'

/** The result of the official protocol. */
export interface WiderResult extends Readonly<Record<WiderDifficulty, PrecisionRecall>> {
  /** Pictures that were evaluated. */
  readonly images: number
}

/**
 * What the corners of a detected box mean.
 *
 * `indices`: both corners are pixels of the box, as InsightFace's networks have it, and the box is
 * x2 − x1 + 1 wide. `edges`: corners lie between pixels and the box is x2 − x1 wide.
 */
export type PixelConvention = 'indices' | 'edges'

/**
 * The official WIDER FACE evaluation: scores normalised over the whole set, an overlap of 0.5,
 * 1,000 thresholds, and the area under the precision envelope (Yang et al., arXiv 1511.06523, and
 * the evaluation tools published with it).
 *
 * Pictures without an entry in `detections` are left out of the ground truth; one with an empty
 * entry stays in, its faces not found.
 *
 * @param detections by the picture's file name without its ending
 * @throws {EvaluationError} if no picture of the ground truth has an entry, or if a detection is not
 * of finite numbers.
 */
export function evaluateWider(
  groundTruth: readonly WiderPicture[],
  detections: ReadonlyMap<string, readonly ScoredBox[]>,
  pixelConvention: PixelConvention = 'indices',
): WiderResult {
  const pictures = groundTruth.filter(({ name }) => detections.has(name))
  if (pictures.length === 0) {
    throw new EvaluationError(
      `None of the ${detections.size} pictures is named in the WIDER FACE ground truth, which has ${groundTruth.length}. Expected names such as "0_Parade_marchingband_1_20".`,
    )
  }
  const boxes = pictures.map(({ name }) => detections.get(name)!)
  boxes.forEach((list, i) => {
    assertFinite(list, pictures[i]!.name)
  })
  const proposals = toProposals(boxes, pixelConvention === 'indices' ? 1 : 0)
  const results = WIDER_DIFFICULTIES.map((difficulty) => {
    const faces = pictures.reduce((sum, { counted }) => sum + counted[difficulty].length, 0)
    const matches = pictures.flatMap(({ boxes, counted }, i) =>
      // The official tool passes over pictures without any annotated face, whatever was found there.
      boxes.length > 0 ? [matchPicture(proposals[i]!, boxes, counted[difficulty])] : [],
    )
    return [difficulty, precisionRecall(matches, faces)] as const
  })
  const byDifficulty = Object.fromEntries(results) as Record<WiderDifficulty, PrecisionRecall>
  return { ...byDifficulty, images: pictures.length }
}

function assertFinite(detections: readonly ScoredBox[], name: string): void {
  const broken = detections.find(({ box, score }) => ![...box, score].every(Number.isFinite))
  if (!broken) return
  throw new EvaluationError(
    `Expected finite numbers for the detections of ${name} but received box [${broken.box.join(', ')}] with score ${broken.score}.`,
  )
}

/** Takes boxes to the form of the official result files, scores to 0..1 over the whole set. */
function toProposals(pictures: readonly (readonly ScoredBox[])[], lastPixel: number): Proposal[][] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const { score } of pictures.flat()) {
    low = Math.min(low, score)
    high = Math.max(high, score)
  }
  const range = high - low || 1
  return pictures.map((detections) =>
    detections.map(({ box: [x1, y1, x2, y2], score }) => ({
      x: x1,
      y: y1,
      width: x2 - x1 + lastPixel,
      height: y2 - y1 + lastPixel,
      score: (score - low) / range,
    })),
  )
}
