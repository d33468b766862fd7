import { RetinaFaceError } from '@retinaface/core'

/** A program of the system that is needed is not there or does not start. */
export class ProgramMissingError extends RetinaFaceError {
  static override readonly code = 'PROGRAM_MISSING'
  override readonly name: string = 'ProgramMissingError'
  readonly program: string

  constructor(program: string, problem: string, remedy: string, cause?: unknown) {
    super('PROGRAM_MISSING', `${program} is needed and ${problem} ${remedy}`, cause)
    this.program = program
  }
}
