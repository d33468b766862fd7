import type { ModelConfiguration } from '@retinaface/core'
import type { NetworkParts } from '@retinaface/core/platform'
import { KernelSession } from '../kernels/kernel-session.ts'
import { planSteps } from '../kernels/kernel-steps.ts'
import { startThreads } from '../kernels/threads/start-threads.ts'
import { breatheBetweenRuns } from './breathe-between-runs.ts'

/** A slim network on our own kernels, which compute of each run what it asks for. */
export async function openOnKernels(
  bytes: Uint8Array,
  { input, ...decoding }: ModelConfiguration,
  wantedThreads: number,
  startHelper: () => Worker,
): Promise<NetworkParts> {
  const program = planSteps(bytes)
  const threads = await startThreads(wantedThreads, startHelper)
  const session = breatheBetweenRuns(new KernelSession(program, threads))
  const configuration: ModelConfiguration = { ...decoding, input: { ...input, layout: 'rgba' } }
  return { session, configuration, provider: { name: 'wasm', threads: threads.count } }
}
