export {
  DisposedError,
  InvalidArgumentError,
  RetinaFaceError,
  type RetinaFaceErrorCode,
} from '@retinaface/mesh-decoder/errors'
export { UnsupportedError } from './errors/unsupported-error.ts'
export type { ExportedFile, ExportFormat } from './export/export-face.ts'
export { createExpressionPanel, type ExpressionPanel } from './expressions/expression-panel.ts'
export type { ViewerFace, ViewerMesh } from './face/viewer-face.ts'
export { type LatentDirection, latentDirections } from './latents/latent-directions.ts'
export { VIEWER_CHOICES, VIEWER_DEFAULTS, type ViewerOptions } from './options/viewer-options.ts'
export type { ViewerImage } from './picture/viewer-image.ts'
export type { ViewerStatistics } from './scene/viewer-statistics.ts'
export { type CreateViewerOptions, createFaceViewer } from './viewer/create-face-viewer.ts'
export type { FaceViewer } from './viewer/face-viewer.ts'
export type { ViewerEvents } from './viewer/viewer-events.ts'
