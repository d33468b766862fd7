/** Starts the package's worker script; written as the bundlers look for it. */
export function startWorker(): Worker {
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'retinaface' })
}
