export { MEDIAPIPE_VERTICES } from '@retinaface/mesh-decoder'
export { type Curve, drawCurves } from './curves/draw-curves.ts'
export { EvaluationError } from './evaluation-error.ts'
export { type MatValue, readMat } from './mat/read-mat.ts'
export { poseFromAflw } from './mesh/aflw-pose.ts'
export {
  EXPRESSIONS,
  type Expression,
  type ExpressionReport,
  evaluateExpressions,
  type Regression,
} from './mesh/evaluate-expressions.ts'
export {
  evaluateLandmarks,
  type LandmarkNormaliser,
  type LandmarkReport,
  type LandmarkSample,
} from './mesh/evaluate-landmarks.ts'
export {
  evaluateMeshes,
  type MeshErrors,
  type MeshReport,
  type MeshSample,
} from './mesh/evaluate-meshes.ts'
export { LANDMARK_68_VERTICES, toLandmarks68 } from './mesh/landmarks-68.ts'
export type { PixelBox, Points } from './mesh/points.ts'
export { type PoseAngles, type PoseError, poseError } from './mesh/pose-error.ts'
export { poseOfPoints } from './mesh/pose-of-points.ts'
export { type ErrorSummary, summariseErrors } from './mesh/summarise-errors.ts'
export {
  evaluateVerification,
  type Interval,
  type VerificationResult,
} from './verification/evaluate-verification.ts'
export {
  parseVerificationPairs,
  personOf,
  type VerificationPair,
} from './verification/verification-pairs.ts'
export { evaluateWider, type PixelConvention, type WiderResult } from './wider/evaluate-wider.ts'
export type { ScoredBox } from './wider/match-picture.ts'
export type { PrecisionRecall } from './wider/precision-recall.ts'
export {
  readWiderGroundTruth,
  WIDER_DIFFICULTIES,
  type WiderDifficulty,
  type WiderPicture,
} from './wider/wider-ground-truth.ts'
