import { faceTopology } from './face-topology.ts'
import {
  meshDecoder,
  mnet025DenseHead,
  mnet025LeanDenseHead,
  retinaface500mDenseHead,
  retinaface500mExpressions,
} from './mesh-branch.ts'
import { mnet025 } from './mnet025.ts'
import { mnet025Lean } from './mnet025-lean.ts'
import { mnet025V1 } from './mnet025-v1.ts'
import { mnet025Int8, mnet025Slim } from './mnet025-variants.ts'
import type { AssetEntry, ModelEntry } from './model-entry.ts'
import { retinaface500m, retinaface500mLandmarks } from './retinaface-500m.ts'

export { DENSE_COARSE, DENSE_INPUT, DENSE_OUTPUT, denseModel } from './dense-model.ts'
export { interleaveInput } from './interleave-input.ts'
export { keepOutputs, outputNamesOf } from './keep-outputs.ts'
export type {
  AssetEntry,
  DetectorVariants,
  MeshBranchEntry,
  ModelEntry,
  PackagedFile,
  PackagedModel,
  VariantEntry,
} from './model-entry.ts'
export { type NewModel, type NewNode, type NewWeights, writeModel } from './onnx-writer.ts'
export { type ProtobufField, readProtobufFields } from './protobuf-fields.ts'
export { headsOf, openSubgraphs } from './subgraph-session.ts'
export { verifySha256 } from './verify-sha256.ts'
export {
  faceTopology,
  meshDecoder,
  mnet025,
  mnet025DenseHead,
  mnet025Int8,
  mnet025Lean,
  mnet025LeanDenseHead,
  mnet025Slim,
  mnet025V1,
  retinaface500m,
  retinaface500mDenseHead,
}

/** Every detector that ships with this package. */
export const MODELS: readonly ModelEntry[] = [mnet025, mnet025V1, mnet025Lean, retinaface500m]

/** Every file that ships with this package. */
export const ASSETS: readonly AssetEntry[] = [
  ...MODELS,
  mnet025Slim,
  mnet025Int8,
  faceTopology,
  meshDecoder,
  mnet025DenseHead,
  mnet025LeanDenseHead,
  retinaface500mDenseHead,
  retinaface500mExpressions,
  retinaface500mLandmarks,
]
