import { RetinaFaceError } from '@retinaface/core'

/** A run cannot begin or go on as it was asked to; the message says what to do. */
export class BatchError extends RetinaFaceError {
  static override readonly code = 'BATCH'
  override readonly name: string = 'BatchError'

  constructor(message: string, cause?: unknown) {
    super('BATCH', message, cause)
  }
}

/** A folder, bucket or queue does not answer as it should, though it was asked several times. */
export class StoreError extends RetinaFaceError {
  static override readonly code = 'STORE'
  override readonly name: string = 'StoreError'

  constructor(message: string, cause?: unknown) {
    super('STORE', message, cause)
  }
}
