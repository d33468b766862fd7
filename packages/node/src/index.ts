export * from '@retinaface/core'
export { type CreateOptions, createRetinaFace } from './create-retinaface.ts'
export type { CustomModel, ModelOption, Precision } from './load-model.ts'
export type { NodeImageSource } from './read-image.ts'
