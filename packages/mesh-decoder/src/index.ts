export {
  anchorToImage,
  imageToAnchor,
  projectToAnchor,
  projectToAnchorBackward,
} from './camera/anchor-frame.ts'
export { toCameraFrame, toCameraFrameBackward } from './camera/camera-frame.ts'
export { modelViewMatrix, projectionMatrix, type Viewport } from './camera/camera-matrices.ts'
export { gazeInHead } from './camera/gaze-in-head.ts'
export {
  type Anchor,
  cropPinhole,
  type Pinhole,
  pinholeOf,
  toScreen,
  toScreenBackward,
} from './camera/pinhole.ts'
export { type Pose, poseOf, rotationVectorOfPose } from './camera/pose.ts'
export { rotationMatrix, rotationMatrixBackward } from './camera/rotation-matrix.ts'
export { rotationVector } from './camera/rotation-vector.ts'
export type { KernelBackend } from './decoder/create-kernel.ts'
export { createMeshDecoder, type MeshDecoderOptions } from './decoder/create-mesh-decoder.ts'
export {
  type ImageMesh,
  type ImageMeshDecoder,
  type LatentLayer,
  type MeshDecoder,
  type PlacedFace,
  VERTEX_CHANNELS,
} from './decoder/mesh-decoder.ts'
export {
  InvalidArgumentError,
  InvalidMeshError,
  RetinaFaceError,
  type RetinaFaceErrorCode,
  WeightFileError,
} from './errors.ts'
export { type BakeView, bakeTexture, type UnwrappedMesh } from './export/bake-texture.ts'
export { type DepthTest, depthTest } from './export/depth-test.ts'
export { encodePng } from './export/encode-png.ts'
export type { ExportMesh } from './export/export-mesh.ts'
export type { Keyframe, MorphWeights } from './export/keyframe.ts'
export {
  type Morph,
  type MorphTarget,
  readMorphTargets,
  withExpression,
  withoutExpression,
} from './export/morph-targets.ts'
export { type EncodedTexture, writeGlb } from './export/write-glb.ts'
export { type LiveLinkOptions, writeLiveLink } from './export/write-live-link.ts'
export { type ObjFiles, type ObjOptions, writeObj } from './export/write-obj.ts'
export {
  type ObjFrame,
  type ObjSequenceOptions,
  writeObjSequence,
} from './export/write-obj-sequence.ts'
export { writePly } from './export/write-ply.ts'
export { type ShadeGradients, type Surface, shade, shadeBackward } from './light/shade.ts'
export { vertexNormals, vertexNormalsBackward } from './light/vertex-normals.ts'
export { compositeOver } from './raster/composite-over.ts'
export { type PixelImage, sampleBilinear } from './raster/pixel-image.ts'
export { clearRasterTarget, createRasterTarget, type RasterTarget } from './raster/raster-target.ts'
export {
  type RasterizeOptions,
  type RasterMesh,
  rasterize,
  type Texture,
} from './raster/rasterize.ts'
export { type ColoredMesh, coloredMesh, renderFace } from './raster/render-face.ts'
export type { FaceModel } from './refine/face-chain.ts'
export type { FaceParameters } from './refine/face-parameters.ts'
export type { ObjectiveValue } from './refine/objective.ts'
export { type RefineResult, type RefineStep, refine, refineSteps } from './refine/refine.ts'
export {
  REFINE_DEFAULTS,
  type RefineLandmarks,
  type RefineOptions,
} from './refine/refine-options.ts'
export { checkManifoldDisc } from './topology/check-manifold-disc.ts'
export {
  type BaseMesh,
  buildMeshTopology,
  MEDIAPIPE_VERTICES,
  type MeshTopology,
} from './topology/mesh-topology.ts'
export { mirrorVertices } from './topology/mirror-vertices.ts'
export { readMeshTopology } from './topology/read-mesh-topology.ts'
export type { Sampling } from './topology/sampling.ts'
export type { TriangleMesh } from './topology/triangle-mesh.ts'
export { writeMeshTopology } from './topology/write-mesh-topology.ts'
export { readTensorFile } from './weights/read-tensor-file.ts'
export { takeFloats } from './weights/take-tensor.ts'
export type { Tensor, TensorFile, TensorType } from './weights/tensor-file.ts'
export { type TensorToWrite, writeTensorFile } from './weights/write-tensor-file.ts'
