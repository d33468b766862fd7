import type { FastifyReply } from 'fastify'
import { ServerError } from '../server-error.ts'

/** Why work ends that nobody waits for. */
export class ClientGoneError extends Error {
  override readonly name: string = 'ClientGoneError'
}

/** A signal of one request's work, and what frees its timer. */
export interface Deadline {
  readonly signal: AbortSignal
  end(): void
}

/** Aborted when the client goes away before it has its answer. */
export function whileConnected({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController()
  const stop = () => controller.abort(new ClientGoneError('The client has gone.'))
  if (raw.destroyed) stop()
  raw.once('close', () => {
    if (!raw.writableFinished) stop()
  })
  return controller.signal
}

/** Aborted when `connected` is, or after a time. */
export function deadline(connected: AbortSignal, seconds: number): Deadline {
  const controller = new AbortController()
  const follow = () => controller.abort(connected.reason)
  if (connected.aborted) follow()
  connected.addEventListener('abort', follow)
  const tooLate = new ServerError(504, 'TIME_LIMIT', `It took more than ${seconds} s, the limit.`)
  const timer = setTimeout(() => controller.abort(tooLate), seconds * 1000)
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer)
      connected.removeEventListener('abort', follow)
    },
  }
}
