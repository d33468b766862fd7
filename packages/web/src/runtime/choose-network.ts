import { ModelLoadError, type NetworkParts, openOnFirst } from '@retinaface/core'
import type { DetectorPlan } from './detector-plan.ts'
import type { ExecutionProvider } from './execution-provider.ts'
import { findObstacle, providerUnavailable } from './find-obstacle.ts'
import { openOnKernels } from './open-on-kernels.ts'
import { openOnRuntime } from './open-on-runtime.ts'

/**
 * Makes a detector's network ready on the first of the plan's providers that can run it.
 *
 * @throws {ModelLoadError} {ProviderUnavailableError}
 */
export async function openNetwork(
  bytes: Uint8Array,
  plan: DetectorPlan,
  startHelper: () => Worker,
): Promise<NetworkParts> {
  return openOnFirst(plan.provider, (provider) =>
    provider.name === 'wasm'
      ? openOnWasm(bytes, plan, provider, startHelper)
      : openOnDevice(bytes, plan, provider),
  )
}

async function openOnDevice(
  bytes: Uint8Array,
  { model, threads }: DetectorPlan,
  provider: ExecutionProvider,
): Promise<NetworkParts> {
  const obstacle = await findObstacle(provider.name)
  if (obstacle !== undefined) throw await providerUnavailable(provider.name, obstacle)
  try {
    return await openOnRuntime(bytes, model, provider, threads)
  } catch (error) {
    const reason = `ONNX Runtime could not start it (${String(error)}).`
    throw await providerUnavailable(provider.name, reason, error)
  }
}

async function openOnWasm(
  bytes: Uint8Array,
  { model, threads }: DetectorPlan,
  provider: ExecutionProvider,
  startHelper: () => Worker,
): Promise<NetworkParts> {
  try {
    if (provider.kernels && model.isSlim) {
      return await openOnKernels(bytes, model.configuration, threads, startHelper)
    }
    return await openOnRuntime(bytes, model, provider, threads)
  } catch (error) {
    const name = typeof model.file === 'string' ? model.file : 'in memory'
    const reason = String(error).replace(/\.*$/, '.')
    throw new ModelLoadError(
      `Could not load the model ${name}: ${reason} Check that it is an ONNX file. If it is WebAssembly that did not start, the package's files have to be served beside the page's scripts, and a Content-Security-Policy has to allow 'wasm-unsafe-eval'.`,
      error,
    )
  }
}
