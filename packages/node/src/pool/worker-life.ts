import type { Worker } from 'node:worker_threads'

/** The message that has a worker end as soon as it comes to it. */
export const END = 'end'

/** What a worker shares of itself, in the one element of its life. */
const LIFE = { begun: 1, ended: 2 } as const

// The longest pass through the network takes less.
const patienceMilliseconds = 10_000

const living = new Map<Worker, Int32Array<SharedArrayBuffer>>()

/** Makes what a worker tells its life by. */
export function createLife(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
}

/**
 * Has a worker end before the process does, as with `process.exit()` in the middle of a run: stopped by
 * force while its network works, it would bring the process down with a failure of the runtime.
 */
export function endBeforeProcess(worker: Worker, life: Int32Array<SharedArrayBuffer>): void {
  if (living.size === 0) process.on('exit', endAll)
  living.set(worker, life)
  worker.on('exit', () => {
    living.delete(worker)
    if (living.size === 0) process.off('exit', endAll)
  })
}

function endAll(): void {
  for (const worker of living.keys()) worker.postMessage(END)
  for (const life of living.values()) Atomics.wait(life, 0, LIFE.begun, patienceMilliseconds)
}

/** Called in a worker before anything else. */
export function beginLife(life: Int32Array<SharedArrayBuffer>): void {
  Atomics.store(life, 0, LIFE.begun)
  process.on('exit', () => {
    Atomics.store(life, 0, LIFE.ended)
    Atomics.notify(life, 0)
  })
}
