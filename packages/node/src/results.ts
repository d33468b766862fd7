export { describeError } from './entries/describe-error.ts'
export {
  expressionColumns,
  expressionValues,
  toExpressionEntry,
} from './entries/expression-entry.ts'
export { type FaceEntry, toFaceEntry } from './entries/face-entry.ts'
export { type MeshEntry, type PoseEntry, toMeshEntry, toPoseEntry } from './entries/mesh-entry.ts'
export { round } from './entries/round.ts'
export { toPoints } from './entries/to-points.ts'
export { bakeFace } from './meshes/bake-face.ts'
export { drawOverlay } from './meshes/draw-overlay.ts'
export {
  exportFace,
  MESH_FORMATS,
  type MeshFormat,
  type Motion,
  type OutputFile,
  quotablePath,
} from './meshes/export-face.ts'
export { readExpressionTargets, readFaceTopology } from './meshes/face-topology.ts'
export { hasMesh, type PosedFace } from './meshes/posed-face.ts'
export { annotatePicture } from './pictures/annotate-picture.ts'
export { digitsWidth, drawDigits } from './pictures/draw-digits.ts'
export { type EncodeOptions, encodePicture, toSharp } from './pictures/encode-picture.ts'
export {
  type PictureFacts,
  type PictureFormat,
  readPictureFacts,
} from './pictures/picture-facts.ts'
export { readDeepPicture } from './pictures/read-deep-picture.ts'
