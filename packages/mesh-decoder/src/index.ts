export {
  InvalidArgumentError,
  InvalidMeshError,
  MeshDecoderError,
  type MeshDecoderErrorCode,
  WeightFileError,
} from './errors/mesh-decoder-error.ts'
export { checkManifoldDisc } from './topology/check-manifold-disc.ts'
export { type BaseMesh, buildMeshTopology, type MeshTopology } from './topology/mesh-topology.ts'
export { mirrorVertices } from './topology/mirror-vertices.ts'
export type { Sampling } from './topology/sampling.ts'
export type { TriangleMesh } from './topology/triangle-mesh.ts'
export { writeMeshTopology } from './topology/write-mesh-topology.ts'
export type { TensorType } from './weights/tensor-file.ts'
export { type TensorToWrite, writeTensorFile } from './weights/write-tensor-file.ts'
