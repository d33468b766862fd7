import type { KernelCall } from './kernel-calls.ts'

/** What one thread does without a break. */
export interface KernelChunk {
  /** So many of the chunks before it must be done before it may begin: whole steps of the network. */
  readonly after: number
  readonly calls: readonly KernelCall[]
}

/**
 * Appends a step of the network. Steps that are not worth splitting and follow each other are one
 * chunk, so that no thread waits between them.
 *
 * @param bands the calls of each part, which may be computed side by side
 */
export function appendStep(chunks: KernelChunk[], bands: readonly (readonly KernelCall[])[]): void {
  const after = chunks.length
  const last = chunks.at(-1)
  if (bands.length === 1 && last?.after === after - 1) {
    chunks[after - 1] = { after: last.after, calls: [...last.calls, ...bands[0]!] }
  } else {
    chunks.push(...bands.map((calls) => ({ after, calls })))
  }
}
