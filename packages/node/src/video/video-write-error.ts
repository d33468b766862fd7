import { RetinaFaceError } from '@retinaface/core'

/** A video could not be encoded or written. */
export class VideoWriteError extends RetinaFaceError {
  static override readonly code = 'VIDEO_WRITE'
  override readonly name: string = 'VideoWriteError'

  /** What is wrong, without the file's name. */
  readonly problem: string

  constructor(file: string, problem: string, cause?: unknown) {
    super('VIDEO_WRITE', `Could not write ${JSON.stringify(file)}: ${problem}`, cause)
    this.problem = problem
  }
}
