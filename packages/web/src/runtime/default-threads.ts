/** All processors up to four where memory can be shared between threads, one where it cannot. */
export function defaultThreads(): number {
  return globalThis.crossOriginIsolated ? Math.min(4, navigator.hardwareConcurrency) : 1
}
