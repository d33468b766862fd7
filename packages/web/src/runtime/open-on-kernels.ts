import type { ModelConfiguration } from '@retinaface/core'
import { loadKernels } from '../kernels/kernel-module.ts'
import { KernelSession } from '../kernels/kernel-session.ts'
import { planSteps } from '../kernels/kernel-steps.ts'
import { breatheBetweenRuns } from './breathe-between-runs.ts'
import { COARSE_MIN_FACE_SIZE, withoutFinestLevel } from './coarse-levels.ts'
import type { OpenNetworks } from './open-networks.ts'

/** A slim network on our own kernels, which compute of each run what it asks for. */
export async function openOnKernels(
  bytes: Uint8Array,
  { input, ...decoding }: ModelConfiguration,
): Promise<OpenNetworks['parts']> {
  const module = await loadKernels()
  const session = breatheBetweenRuns(new KernelSession(planSteps(bytes), module))
  const configuration: ModelConfiguration = { ...decoding, input: { ...input, layout: 'rgba' } }
  const coarse = { session, configuration: withoutFinestLevel(configuration) }
  return {
    session,
    configuration,
    variants: { coarse: { minFaceSize: COARSE_MIN_FACE_SIZE, open: async () => coarse } },
  }
}
