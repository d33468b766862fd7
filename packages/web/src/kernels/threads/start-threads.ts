import { type KernelModule, loadKernels, startKernels } from '../kernel-module.ts'
import type { HelperStart } from './helper.ts'
import { KernelThreads } from './kernel-threads.ts'
import { Turns } from './turns.ts'

const counterBytes = 8

/**
 * Starts the kernels on so many threads, or on those that can be had.
 *
 * @param startHelper a worker that answers to {@link HelperStart}
 */
export async function startThreads(
  wanted: number,
  startHelper: () => Worker,
): Promise<KernelThreads> {
  if (wanted > 1) {
    try {
      return await shareKernels(await loadKernels(true), wanted, startHelper)
    } catch {
      // Some browsers cannot reserve as much memory as is to be shared.
    }
  }
  return runAlone(await loadKernels(false))
}

/** @param module on memory that can be shared */
export async function shareKernels(
  module: KernelModule,
  wanted: number,
  startHelper: () => Worker,
): Promise<KernelThreads> {
  const counters = new Int32Array(new SharedArrayBuffer(counterBytes))
  const starts = Array.from({ length: wanted - 1 }, (_, i) =>
    openHelper(startHelper, { ...module, thread: i + 1, counters }),
  )
  const [kernels, ...helpers] = await Promise.all([startKernels(module, 0), ...starts])
  const turns = new Turns(counters, 'DedicatedWorkerGlobalScope' in globalThis)
  const ready = helpers.filter((helper) => helper !== undefined)
  return new KernelThreads(module.memory, kernels, turns, ready)
}

export async function runAlone(module: KernelModule): Promise<KernelThreads> {
  const turns = new Turns(new Int32Array(new ArrayBuffer(counterBytes)), false)
  return new KernelThreads(module.memory, await startKernels(module, 0), turns, [])
}

async function openHelper(start: () => Worker, order: HelperStart): Promise<Worker | undefined> {
  try {
    const helper = start()
    const isReady = await new Promise((resolve) => {
      helper.onmessage = ({ data }: MessageEvent<boolean>) => resolve(data)
      helper.onmessageerror = () => resolve(false)
      helper.onerror = () => resolve(false)
      helper.postMessage(order)
    })
    if (isReady) return helper
    helper.terminate()
  } catch {
    // A policy of the page forbids it.
  }
  return undefined
}
