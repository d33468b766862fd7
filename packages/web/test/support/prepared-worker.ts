/**
 * Starts the package's worker in a scope that a script has prepared.
 *
 * Vitest does not reach this worker, so it cannot load ONNX Runtime: it is for what runs on our own kernels.
 *
 * @param script runs before the worker's first message
 */
export function startPreparedWorker(script: string): Worker {
  const { href } = new URL('../../src/worker.ts', import.meta.url)
  const whole = `import ${JSON.stringify(href)}\n${script}`
  const url = URL.createObjectURL(new Blob([whole], { type: 'text/javascript' }))
  return new Worker(url, { type: 'module' })
}
