import { RetinaFaceError } from '@retinaface/core'
import { shortenMessage } from '@retinaface/core/platform'
import { BusyError, ServerError } from '../server-error.ts'

/** How an error is answered. */
export interface ErrorAnswer {
  readonly status: number
  readonly code: string
  readonly message: string
  /** Seconds until it may be tried again. */
  readonly retryAfter?: number
}

/** Answers say what a client can put right; of what is the server's fault they say only that. */
export function describeError(error: unknown): ErrorAnswer {
  if (error instanceof BusyError) {
    return { ...answerOf(error), retryAfter: error.retryAfterSeconds }
  }
  if (error instanceof ServerError) return answerOf(error)
  if (RetinaFaceError.isInstance(error)) {
    const message = shortenMessage(error.message)
    if (error.code === 'IMAGE_READ') return { status: 422, code: error.code, message }
    if (error.code === 'INVALID_ARGUMENT') return { status: 400, code: error.code, message }
  }
  const status = statusOf(error)
  if (status >= 400 && status < 500) {
    const code = status === 429 ? 'RATE_LIMIT' : status === 404 ? 'NOT_FOUND' : 'BAD_REQUEST'
    return { status, code, message: shortenMessage((error as Error).message) }
  }
  return { status: 500, code: 'UNEXPECTED', message: 'Something went wrong in the server.' }
}

function answerOf({ statusCode, code, message }: ServerError): ErrorAnswer {
  return { status: statusCode, code, message }
}

/** Of the framework's own errors. */
function statusOf(error: unknown): number {
  const isObject = typeof error === 'object' && error !== null && 'statusCode' in error
  return isObject ? Number(error.statusCode) : 500
}
