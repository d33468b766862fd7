/**
 * Processor threads for a detector: one where the page is not cross-origin isolated, since its threads
 * cannot share memory.
 *
 * @param asked default: all processors up to four; more than twice as many would only be in each
 * other's way
 */
export function chooseThreads(asked?: number): number {
  if (!globalThis.crossOriginIsolated) return 1
  const { hardwareConcurrency } = navigator
  return Math.min(asked ?? Math.min(4, hardwareConcurrency), 2 * hardwareConcurrency)
}
