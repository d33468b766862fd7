import type { KernelChunk } from '../chunk.ts'
import type { Kernels } from '../kernel-module.ts'
import type { HelperRun } from './helper.ts'
import type { Turns } from './turns.ts'
import { workThrough } from './work-through.ts'

/** The thread that calls, and workers that help it. */
export class KernelThreads {
  readonly memory: WebAssembly.Memory
  private readonly kernels: Kernels
  private readonly turns: Turns
  private readonly helpers: readonly Worker[]
  private posted: readonly KernelChunk[] = []

  constructor(
    memory: WebAssembly.Memory,
    kernels: Kernels,
    turns: Turns,
    helpers: readonly Worker[],
  ) {
    this.memory = memory
    this.kernels = kernels
    this.turns = turns
    this.helpers = helpers
  }

  get count(): number {
    return 1 + this.helpers.length
  }

  /** Returns when all chunks are done. Helpers that are late are not waited for. */
  run(chunks: readonly KernelChunk[]): void {
    const first = this.turns.next
    if (chunks.length > 1) {
      const run: HelperRun = chunks === this.posted ? { first } : { first, chunks }
      for (const helper of this.helpers) helper.postMessage(run)
      this.posted = chunks
    }
    workThrough(chunks, this.kernels, this.turns, first)
    this.turns.waitFor(first, chunks.length)
  }

  end(): void {
    for (const helper of this.helpers) helper.terminate()
  }
}
