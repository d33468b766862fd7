import { type CancelController, createController } from '../cancel/cancel-signal.ts'
import type { LifeCall, RemotePort, RemoteReply, RemoteRequest } from './protocol.ts'
import { serializeError } from './serialize-error.ts'

/** How the serving side follows that nobody waits any more, and tells how far it is. */
export interface CallContext {
  readonly signal: CancelController['signal']
  readonly onProgress: (progress: unknown) => void
}

/**
 * Answers the calls of a {@link WorkerSeat} on the worker's side, as many at a time as come.
 *
 * @param perform does what a call asks; its result is plain data
 */
export function serveCalls<Call>(
  port: RemotePort,
  perform: (call: Call | LifeCall, context: CallContext) => Promise<unknown>,
): void {
  const running = new Map<number, CancelController>()
  const post = (reply: RemoteReply) => port.postMessage(reply)

  port.onMessage((request: RemoteRequest<Call>) => {
    if ('isStopped' in request) running.get(request.id)?.abort()
    else void answer(request.id, request.call)
  })

  async function answer(id: number, call: Call | LifeCall): Promise<void> {
    const stop = createController()
    running.set(id, stop)
    const onProgress = (progress: unknown) => post({ id, progress })
    try {
      post({ id, result: await perform(call, { signal: stop.signal, onProgress }) })
    } catch (error) {
      post({ id, error: serializeError(error) })
    } finally {
      running.delete(id)
      // It was made for this call; left to the collector, bitmaps pile up.
      if (typeof call === 'object' && call !== null && 'source' in call) closeAll([call.source])
    }
  }
}

/** Closes those that hold more memory than the collector knows of, as bitmaps. */
export function closeAll(values: readonly unknown[]): void {
  for (const value of values) {
    const isObject = typeof value === 'object' && value !== null
    if (isObject && 'close' in value && typeof value.close === 'function') value.close()
  }
}
