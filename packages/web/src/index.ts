export * from '@retinaface/core'
export type { CreateOptions } from './create-options.ts'
export { createRetinaFace } from './create-retinaface.ts'
export { createWorkerRetinaFace } from './create-worker-retinaface.ts'
export { type DetectVideoOptions, detectVideo } from './detect-video.ts'
export type { WebImageSource } from './image/web-image-source.ts'
export type { ModelOption } from './model/find-model.ts'
export type { CustomModel } from './model/load-file.ts'
export type { LoadProgress } from './model/load-progress.ts'
export {
  type OpenedNetwork,
  type OpenNetworkOptions,
  type OwnFile,
  openNetworkFile,
} from './open-network-file.ts'
export type { ExecutionProvider } from './runtime/execution-provider.ts'
export { wasm } from './wasm-provider.ts'
export type { WebRetinaFace } from './web-retinaface.ts'
