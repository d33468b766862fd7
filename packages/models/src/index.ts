import { faceTopology } from './face-topology.ts'
import {
  expressionTargets,
  meshDecoder,
  retinaface500mDenseHead,
  retinaface500mExpressions,
} from './mesh-branch.ts'
import type { AssetEntry, ModelEntry } from './model-entry.ts'
import { retinaface500m, retinaface500mInt8, retinaface500mLandmarks } from './retinaface-500m.ts'

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
export { expressionTargets, faceTopology, meshDecoder, retinaface500m, retinaface500mDenseHead }

/** The detector that runs where none is named. */
export const DEFAULT_MODEL: ModelEntry = retinaface500m

/** The detectors that may be used for anything. Those for research only are in `./research`. */
export const MODELS: readonly ModelEntry[] = [retinaface500m]

/** What users of a detector have to know, if its makers allow research only. */
export function licenceWarning({ id, licence }: ModelEntry): string | undefined {
  if (licence.upstream === undefined) return undefined
  return `${id} is for research only: ${licence.upstream}. ${DEFAULT_MODEL.id} may be used for anything.`
}

/** Every file of these detectors and their meshes. */
export const ASSETS: readonly AssetEntry[] = [
  retinaface500m,
  retinaface500mInt8,
  retinaface500mDenseHead,
  retinaface500mExpressions,
  retinaface500mLandmarks,
  expressionTargets,
  meshDecoder,
  faceTopology,
]
