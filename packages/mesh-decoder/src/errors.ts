export { InvalidMeshError, WeightFileError } from './errors/mesh-errors.ts'
export {
  DisposedError,
  InvalidArgumentError,
  RetinaFaceError,
  type RetinaFaceErrorCode,
} from './errors/retinaface-error.ts'
export { shortenMessage } from './errors/shorten-message.ts'
