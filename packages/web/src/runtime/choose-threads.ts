/**
 * Processor threads for a detector: one where the page is not cross-origin isolated, since its threads
 * cannot share memory.
 *
 * @param asked default: all processors up to four
 */
export function chooseThreads(asked?: number): number {
  return globalThis.crossOriginIsolated ? (asked ?? Math.min(4, navigator.hardwareConcurrency)) : 1
}
