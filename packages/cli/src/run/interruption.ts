/** Whether the user has pressed Ctrl-C. */
export interface Interruption {
  readonly requested: boolean
  /** For work that takes long, as that on a video: aborted by the first Ctrl-C. */
  readonly signal: AbortSignal
}

/**
 * Lets the first Ctrl-C ask for a stop after the picture in hand. The second is left to the system,
 * which quits at once even where a thread waits for a pipe.
 */
export function watchForInterruption(onRequest: () => void): Interruption {
  const controller = new AbortController()
  const interruption = { requested: false, signal: controller.signal }
  process.once('SIGINT', () => {
    interruption.requested = true
    onRequest()
    controller.abort()
  })
  return interruption
}
