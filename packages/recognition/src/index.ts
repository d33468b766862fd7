export {
  ALIGNMENTS,
  type Alignment,
  type FaceToAlign,
  faceTransform,
} from './align/face-transform.ts'
export { type Embedding, similarity } from './compare/similarity.ts'
export { thresholdAt, type Verification, verify } from './compare/verify.ts'
export { DLIB_RESNET } from './dlib-resnet.ts'
export type { EmbedderConfiguration, FalseAcceptance } from './embedder/embedder.ts'
export {
  ADAFACE,
  ARCFACE_INSIGHTFACE,
  ARCFACE_MODEL_ZOO,
  EMBEDDER_PRESETS,
  SFACE,
} from './embedder/presets.ts'
export { type ClusterOptions, cluster } from './groups/cluster.ts'
export { type Match, type SearchOptions, search } from './groups/search.ts'
export { type EmbedOptions, Recognizer, type RecognizerParts } from './recognizer.ts'
export type { CustomEmbedder, EmbedderOption } from './resolve-embedder.ts'
