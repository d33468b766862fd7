/** Ground truth or detections that cannot be evaluated; the message says what to do. */
export class EvaluationError extends Error {
  override readonly name: string = 'EvaluationError'

  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
  }
}
