import { RetinaFaceError } from '@retinaface/mesh-decoder/errors'

/** The browser lacks what the viewer needs to draw. */
export class UnsupportedError extends RetinaFaceError {
  static override readonly code = 'UNSUPPORTED'
  override readonly name: string = 'UnsupportedError'

  constructor(message: string, cause?: unknown) {
    super('UNSUPPORTED', message, cause)
  }
}
