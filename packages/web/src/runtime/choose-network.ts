import { type NetworkParts, openOnFirst } from '@retinaface/core/platform'
import type { DetectorPlan } from './detector-plan.ts'
import { openOnKernels } from './open-on-kernels.ts'
import { openOnProvider } from './open-on-provider.ts'
import { openOnRuntime } from './open-on-runtime.ts'

/**
 * Makes a detector's network ready on the first of the plan's providers that can run it.
 *
 * @throws {ModelLoadError} {ProviderUnavailableError}
 */
export async function openNetwork(
  bytes: Uint8Array,
  { model, provider: providers, threads }: DetectorPlan,
  startHelper: () => Worker,
): Promise<NetworkParts> {
  return openOnFirst(providers, (provider) =>
    openOnProvider(provider, model.file, () =>
      provider.kernels && model.isSlim
        ? openOnKernels(bytes, model.configuration, threads, startHelper)
        : openOnRuntime(bytes, model, provider, threads),
    ),
  )
}
