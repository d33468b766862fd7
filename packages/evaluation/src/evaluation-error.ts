import { RetinaFaceError } from '@retinaface/mesh-decoder/errors'

/** Ground truth or detections that cannot be evaluated; the message says what to do. */
export class EvaluationError extends RetinaFaceError {
  static override readonly code = 'EVALUATION'
  override readonly name: string = 'EvaluationError'

  constructor(message: string, cause?: unknown) {
    super('EVALUATION', message, cause)
  }
}
