export {
  type AlignedFace,
  type AlignmentTemplate,
  type AlignOptions,
  ARCFACE_TEMPLATE,
  alignFace,
  type FivePoints,
} from './align/align-face.ts'
export {
  type AffineTransform,
  invertTransform,
  type Point,
  similarityTransform,
  transformPoint,
} from './align/similarity-transform.ts'
export { warpImage } from './align/warp-image.ts'
export type { DenseLayers, OpenDenseLayers } from './dense/dense-head.ts'
export type { FaceMesh } from './dense/face-mesh.ts'
export type { HeadOutputs, HeadProgram } from './dense/head-program.ts'
export type { LinearLayer } from './dense/linear-layer.ts'
export type { DenseFace, MeshBranchFiles } from './dense/mesh-branch.ts'
export {
  detectInOrder,
  type InOrderOptions,
  type ManyProgress,
  type PictureFaces,
  type PictureFailure,
  type PictureResult,
  type SizedFaces,
} from './detect/detect-in-order.ts'
export {
  type CancelSignal,
  DETECT_DEFAULTS,
  type DetectOptions,
  type DetectProgress,
  type InputSizeOption,
  PAPER_TEST_PROTOCOL,
} from './detect/detect-options.ts'
export type { Box, Face, FaceAnchor } from './detect/face.ts'
export type { NetworkSession } from './detect/network.ts'
export type { NetworkParts, NetworkVariants } from './detect/networks.ts'
export type { ShrinkPlan } from './detect/plan-shrink.ts'
export {
  type DetectManyOptions,
  RetinaFace,
  type RetinaFaceParts,
} from './detect/retinaface.ts'
export { expectOptions } from './errors/expect-options.ts'
export {
  DisposedError,
  ImageReadError,
  InvalidArgumentError,
  InvalidImageError,
  ModelLoadError,
  ModelMismatchError,
  RetinaFaceError,
  type RetinaFaceErrorCode,
} from './errors/retinaface-error.ts'
export { assertPixelImage, cropImage, type PixelImage, type Region } from './image/pixel-image.ts'
export { resizeImage } from './image/resize-image.ts'
export type { ImageSize, ShrunkenImage } from './image/shrunken-image.ts'
export { findPreset } from './models/find-preset.ts'
export type {
  AnchorLevel,
  HeadName,
  InputConfiguration,
  ModelConfiguration,
  OutputConfiguration,
} from './models/model-configuration.ts'
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
  RETINAFACE_TS,
} from './models/presets.ts'
export { intersectionOverUnion } from './nms/intersection-over-union.ts'
export { type Cluster, nonMaximumSuppression } from './nms/non-maximum-suppression.ts'
