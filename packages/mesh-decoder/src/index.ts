export {
  createMeshDecoder,
  type DecoderBackend,
  type MeshDecoderOptions,
} from './decoder/create-mesh-decoder.ts'
export { type MeshDecoder, VERTEX_CHANNELS } from './decoder/mesh-decoder.ts'
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
export { readMeshTopology } from './topology/read-mesh-topology.ts'
export type { Sampling } from './topology/sampling.ts'
export type { TriangleMesh } from './topology/triangle-mesh.ts'
export { writeMeshTopology } from './topology/write-mesh-topology.ts'
export { readTensorFile } from './weights/read-tensor-file.ts'
export type { Tensor, TensorFile, TensorType } from './weights/tensor-file.ts'
export { type TensorToWrite, writeTensorFile } from './weights/write-tensor-file.ts'
