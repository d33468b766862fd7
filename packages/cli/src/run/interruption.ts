/** Whether the user has pressed Ctrl-C. */
export interface Interruption {
  readonly requested: boolean
}

/**
 * Lets the first Ctrl-C ask for a stop after the picture in hand. The second is left to the system,
 * which quits at once even where a thread waits for a pipe.
 */
export function watchForInterruption(onRequest: () => void): Interruption {
  const interruption = { requested: false }
  process.once('SIGINT', () => {
    interruption.requested = true
    onRequest()
  })
  return interruption
}
