/**
 * Aborted by Ctrl-C, or by the signal with which schedulers end a process. The second Ctrl-C is left to
 * the system.
 */
export function stopSignal(onStop: () => void): AbortSignal {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) return
    onStop()
    controller.abort()
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  return controller.signal
}
