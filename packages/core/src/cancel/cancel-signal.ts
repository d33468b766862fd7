/** The part of the platform's `AbortSignal` that is used. */
export interface CancelSignal {
  readonly aborted: boolean
  throwIfAborted(): void
  /** With events every wait ends at once; without them the signal is asked between two steps. */
  addEventListener?(type: 'abort', listener: () => void): void
}

/** Stops work, as the platform's `AbortController`. */
export interface CancelController {
  readonly signal: CancelSignal
  abort(reason?: unknown): void
}

declare const AbortController: new () => CancelController

/** Makes the platform's `AbortController`, which every platform has. */
export function createController(): CancelController {
  return new AbortController()
}

const waiting = new WeakMap<CancelSignal, Set<() => void>>()

/**
 * Calls back when a signal is aborted, with one listener for however many wait: of more than ten
 * Node.js 20 warns.
 *
 * @returns what stops waiting
 */
export function onAbort(signal: CancelSignal | undefined, callback: () => void): () => void {
  if (!signal?.addEventListener) return () => {}
  const callbacks = waiting.get(signal) ?? listen(signal)
  callbacks.add(callback)
  return () => callbacks.delete(callback)
}

function listen(signal: CancelSignal): Set<() => void> {
  const callbacks = new Set<() => void>()
  waiting.set(signal, callbacks)
  signal.addEventListener?.('abort', () => {
    for (const callback of callbacks) callback()
  })
  return callbacks
}

/** The reason of a signal if it is aborted. */
export function abortReason(
  signal: CancelSignal | undefined,
): { readonly reason: unknown } | undefined {
  try {
    signal?.throwIfAborted()
    return undefined
  } catch (reason) {
    return { reason }
  }
}

/** Waits for work or rejects with the signal's reason as soon as it is aborted; the work goes on. */
export function untilAborted<Result>(
  signal: CancelSignal | undefined,
  work: Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      const aborted = abortReason(signal)
      if (aborted) reject(aborted.reason)
    }
    const ignore = onAbort(signal, stop)
    stop()
    work.then(resolve, reject).finally(ignore)
  })
}
