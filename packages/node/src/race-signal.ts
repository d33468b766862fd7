import type { CancelSignal } from '@retinaface/core'
import { onAbort } from './pool/on-abort.ts'

/** What `work` comes to, or the signal's reason as soon as it is aborted; the work then goes on unseen. */
export async function raceSignal<T>(work: Promise<T>, signal?: CancelSignal): Promise<T> {
  // Nobody may be left to hear of it.
  work.catch(() => undefined)
  signal?.throwIfAborted()
  if (!(signal instanceof AbortSignal)) return work
  let stop: () => void = () => undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = onAbort(signal, () => reject(signal.reason))
  })
  return Promise.race([work, aborted]).finally(stop)
}
