export { EvaluationError } from './evaluation-error.ts'
export { type MatValue, readMat } from './mat/read-mat.ts'
export { evaluateWider, type PrecisionRecall, type WiderResult } from './wider/evaluate-wider.ts'
export type { ScoredBox } from './wider/match-picture.ts'
export {
  readWiderGroundTruth,
  WIDER_DIFFICULTIES,
  type WiderDifficulty,
  type WiderPicture,
} from './wider/wider-ground-truth.ts'
