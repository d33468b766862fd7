import { describeError } from '@retinaface/node/results'

/** Something the user can put right: the message says what, and no stack is shown. */
export class CliError extends Error {
  override readonly name: string = 'CliError'
  /** For programs that read the results. */
  readonly code: string

  constructor(code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
  }
}

/** Results cannot be written any more, so going on would lose them. */
export class OutputError extends CliError {
  override readonly name: string = 'OutputError'
  /** The reader of a pipe has gone, as in `| head`. */
  readonly isBrokenPipe: boolean

  constructor(target: string, cause: unknown) {
    super('OUTPUT', `Could not write to ${target}: ${describeError(cause).message}`, cause)
    this.isBrokenPipe = cause instanceof Error && 'code' in cause && cause.code === 'EPIPE'
  }
}
