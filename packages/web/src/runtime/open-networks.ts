import { ModelLoadError, type NetworkParts } from '@retinaface/core'
import type { DetectorPlan } from '../create-options.ts'
import type { ActiveProvider, ExecutionProvider } from './execution-provider.ts'
import { findObstacle } from './find-obstacle.ts'
import { openOnKernels } from './open-on-kernels.ts'
import { openOnRuntime } from './open-on-runtime.ts'

/** The networks of a detector, and what runs them. */
export interface OpenNetworks {
  readonly parts: NetworkParts
  readonly provider: ActiveProvider
}

/**
 * Makes a detector's networks ready on the asked provider, or on WebAssembly where that does not work.
 *
 * @throws {ModelLoadError}
 */
export async function openNetworks(
  bytes: Uint8Array,
  plan: DetectorPlan,
  startHelper: () => Worker,
): Promise<OpenNetworks> {
  const { provider, fallback, threads } = plan
  const openOn = (chosen: ExecutionProvider) => openOnWasm(bytes, plan, chosen, startHelper)
  if (provider.name === 'wasm') return openOn(provider)
  let reason = await findObstacle(provider.name)
  if (reason === undefined) {
    try {
      const parts = await openOnRuntime(bytes, plan.model, provider, threads)
      return { parts, provider: { name: provider.name, threads } }
    } catch (error) {
      reason = String(error)
    }
  }
  const { parts, provider: active } = await openOn(fallback)
  return { parts, provider: { ...active, fallbackReason: reason } }
}

async function openOnWasm(
  bytes: Uint8Array,
  { model, threads }: DetectorPlan,
  provider: ExecutionProvider,
  startHelper: () => Worker,
): Promise<OpenNetworks> {
  try {
    if (provider.kernels && model.isSlim) {
      return await openOnKernels(bytes, model.configuration, threads, startHelper)
    }
    const parts = await openOnRuntime(bytes, model, provider, threads)
    return { parts, provider: { name: 'wasm', threads } }
  } catch (error) {
    const name = typeof model.file === 'string' ? model.file : 'in memory'
    const reason = String(error).replace(/\.*$/, '.')
    throw new ModelLoadError(
      `Could not load the model ${name}: ${reason} Check that it is an ONNX file. If it is WebAssembly that did not start, the package's files have to be served beside the page's scripts, and a Content-Security-Policy has to allow 'wasm-unsafe-eval'.`,
      error,
    )
  }
}
