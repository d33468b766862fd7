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
