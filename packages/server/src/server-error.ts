/** What a request is refused with: the status, a code for programs and a message for people. */
export class ServerError extends Error {
  override readonly name: string = 'ServerError'
  readonly statusCode: number
  readonly code: string

  constructor(statusCode: number, code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.statusCode = statusCode
    this.code = code
  }
}

/** The server has as much in hand as it may: come back later. */
export class BusyError extends ServerError {
  /** Why, as the metric of rejections counts it. */
  readonly reason: 'queue' | 'memory'
  readonly retryAfterSeconds: number

  constructor(reason: 'queue' | 'memory', retryAfterSeconds: number) {
    super(429, 'BUSY', `The server is busy. Try again in ${retryAfterSeconds} s.`)
    this.reason = reason
    this.retryAfterSeconds = retryAfterSeconds
  }
}
