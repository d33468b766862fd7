export {
  DisposedError,
  InvalidArgumentError,
  InvalidMeshError,
  RetinaFaceError,
  type RetinaFaceErrorCode,
  WeightFileError,
} from '@retinaface/mesh-decoder/errors'
export {
  type AlignedFace,
  type AlignmentTemplate,
  type AlignOptions,
  ARCFACE_TEMPLATE,
  alignFace,
  alignFaces,
  type FivePoints,
} from './align/align-face.ts'
export { sharpnessOf } from './align/sharpness.ts'
export {
  type AffineTransform,
  invertTransform,
  type Point,
  similarityTransform,
  transformPoint,
} from './align/similarity-transform.ts'
export { warpImage } from './align/warp-image.ts'
export type { CancelSignal } from './cancel/cancel-signal.ts'
export { intersectionOverUnion } from './candidates/intersection-over-union.ts'
export { type Cluster, nonMaximumSuppression } from './candidates/non-maximum-suppression.ts'
export type {
  ManyProgress,
  PictureFaces,
  PictureFailure,
  PictureResult,
  SizedFaces,
} from './detector/detect-in-order.ts'
export { type DetectManyOptions, FaceDetector } from './detector/face-detector.ts'
export { RetinaFace } from './detector/retinaface.ts'
export {
  ImageReadError,
  InvalidImageError,
  ModelLoadError,
  ModelMismatchError,
  ProviderUnavailableError,
  WorkerLostError,
} from './errors/detector-errors.ts'
export { cropQuality } from './face/crop-quality.ts'
export {
  DETECT_DEFAULTS,
  type DetectOptions,
  type DetectProgress,
  PAPER_TEST_PROTOCOL,
} from './face/detect-options.ts'
export type { Box, DenseFace, Face, FaceAnchor } from './face/face.ts'
export {
  EXPRESSION_NAMES,
  type ExpressionName,
  type FaceExpression,
  type Iris,
  openingsOf,
} from './face/face-expression.ts'
export type { FaceMesh } from './face/face-mesh.ts'
export type { FaceStage, FaceStages, FaceToDescribe } from './face/face-stage.ts'
export type { StageModules, StageNetwork, StageTools } from './face/import-stages.ts'
export type { InputSizeOption } from './face/input-size.ts'
export type { MeshOptions } from './face/mesh-options.ts'
export { coverTracks } from './hide/cover-tracks.ts'
export { type DoubtfulMoment, doubtfulMoments } from './hide/doubtful-moments.ts'
export { findFacesToHide, HIDE_DETECT_DEFAULTS } from './hide/find-faces-to-hide.ts'
export { hideFaces } from './hide/hide-faces.ts'
export {
  DEFAULT_MARGIN,
  HIDE_STYLES,
  type HideOptions,
  type HideStyle,
} from './hide/hide-options.ts'
export type { PixelDetector } from './hide/pixel-detector.ts'
export {
  assertPixelImage,
  cropImage,
  type DeepPixelImage,
  type PixelImage,
  type Region,
} from './image/pixel-image.ts'
export { resizeImage } from './image/resize-image.ts'
export type { ImageSize } from './image/shrunken-image.ts'
export type { ActiveProvider } from './network/execution-provider.ts'
export { findPreset } from './network/find-preset.ts'
export type {
  AnchorLevel,
  HeadName,
  InputConfiguration,
  ModelConfiguration,
  OutputConfiguration,
} from './network/model-configuration.ts'
export {
  MNET025,
  MNET025_INT8,
  MNET025_LEAN,
  MNET025_SLIM,
  MNET025_V1,
  MOBILE025_PYTORCH,
  MODEL_PRESETS,
  PAPER_P2_P6,
  RESNET50_INSIGHTFACE,
  RESNET50_PYTORCH,
  RETINAFACE_500M,
  RETINAFACE_500M_INT8,
  RETINAFACE_TS,
  YUNET,
} from './network/presets.ts'
export { FaceTracker, type TrackedFace } from './tracking/face-tracker.ts'
export {
  type FaceTrack,
  type FrameFaces,
  followBothWays,
  type Sighting,
} from './tracking/follow-both-ways.ts'
export type { SmoothingOptions } from './tracking/one-euro-filter.ts'
export {
  type FollowedFrames,
  type FollowFramesOptions,
  followFrames,
} from './video/follow-frames.ts'
export { type FramePart, type FramePicture, framePicture } from './video/frame-picture.ts'
