export * from '@retinaface/core'
export type { CreateOptions } from './create-options.ts'
export { createRetinaFace } from './create-retinaface.ts'
export { createWorkerRetinaFace } from './create-worker-retinaface.ts'
export type { ExecutionProvider } from './execution-provider.ts'
export { READ_LIMITS } from './limits.ts'
export type { CustomModel, ModelOption, OwnFile, Precision } from './load-model.ts'
export {
  type OpenedNetwork,
  type OpenNetworkOptions,
  openNetworkFile,
} from './open-network-file.ts'
export { type EncodedSource, readEncoded } from './read-encoded.ts'
export type { NodeImageSource } from './read-image.ts'
export type { Timing } from './timing.ts'
export type { FrameOptions, Reading } from './video/decode-frames.ts'
export {
  type DetectVideoOptions,
  detectVideo,
  type FrameFacesWithIds,
} from './video/detect-video.ts'
export { type FollowedVideo, type FollowOptions, followFaces } from './video/follow-faces.ts'
export { type HiddenVideo, type HideVideoOptions, hideFacesInVideo } from './video/hide-video.ts'
export { probeVideo, type VideoInfo } from './video/probe-video.ts'
export { ProgramMissingError } from './video/program-missing-error.ts'
export { readFrames, type VideoFrame } from './video/read-frames.ts'
export { VideoWriteError } from './video/video-write-error.ts'
export {
  containerOf,
  VIDEO_CODECS,
  type VideoCodec,
  type WriteVideoOptions,
} from './video/write-video.ts'
