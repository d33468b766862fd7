import type { KernelChunk } from '../chunk.ts'
import { type KernelModule, startKernels } from '../kernel-module.ts'
import { Turns } from './turns.ts'
import { workThrough } from './work-through.ts'

/** The first message to a helper. */
export interface HelperStart extends KernelModule {
  readonly thread: number
  readonly counters: Int32Array
}

/** Every further message to a helper: a run that has begun. */
export interface HelperRun {
  readonly first: number
  /** Left out when they are those of the run before. */
  readonly chunks?: readonly KernelChunk[]
}

/** What is needed of a worker's global scope. */
interface Scope {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: MessageEvent<HelperRun>) => void): void
}

/** Makes this worker a thread of the kernels; answers whether that works. */
export async function help(scope: Scope, start: HelperStart): Promise<void> {
  try {
    const kernels = await startKernels(start, start.thread)
    const turns = new Turns(start.counters, true)
    let chunks: readonly KernelChunk[] = []
    scope.addEventListener('message', ({ data }) => {
      chunks = data.chunks ?? chunks
      workThrough(chunks, kernels, turns, data.first)
    })
    scope.postMessage(true)
  } catch {
    scope.postMessage(false)
  }
}
