export { type Curve, drawCurves } from './curves/draw-curves.ts'
export { EvaluationError } from './evaluation-error.ts'
export { type MatValue, readMat } from './mat/read-mat.ts'
export { evaluateWider, type PixelConvention, type WiderResult } from './wider/evaluate-wider.ts'
export type { ScoredBox } from './wider/match-picture.ts'
export type { PrecisionRecall } from './wider/precision-recall.ts'
export {
  readWiderGroundTruth,
  WIDER_DIFFICULTIES,
  type WiderDifficulty,
  type WiderPicture,
} from './wider/wider-ground-truth.ts'
