import type { KernelChunk } from '../chunk.ts'
import type { Kernels } from '../kernel-module.ts'
import type { Turns } from './turns.ts'

/** Takes part in a run until all of its chunks are claimed. */
export function workThrough(
  chunks: readonly KernelChunk[],
  kernels: Kernels,
  turns: Turns,
  first: number,
): void {
  for (;;) {
    const chunk = chunks[turns.claim(first, chunks.length)]
    if (!chunk) return
    turns.waitFor(first, chunk.after)
    for (const [kernel, ...numbers] of chunk.calls) kernels[kernel](...numbers)
    const done = turns.finish(first)
    // A step of the network is complete.
    if ((chunks[done]?.after ?? done) === done) turns.wake()
  }
}
