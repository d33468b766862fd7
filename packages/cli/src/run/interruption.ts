import { EXIT_CODE } from '../exit-code.ts'

/** Whether the user has pressed Ctrl-C. */
export interface Interruption {
  readonly requested: boolean
}

/** Lets the first Ctrl-C ask for a stop after the picture in hand; the second quits at once. */
export function watchForInterruption(onRequest: () => void): Interruption {
  const interruption = { requested: false }
  process.on('SIGINT', () => {
    if (interruption.requested) process.exit(EXIT_CODE.interrupted)
    interruption.requested = true
    onRequest()
  })
  return interruption
}
