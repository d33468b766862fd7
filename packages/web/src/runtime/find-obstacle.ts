import { ProviderUnavailableError } from '@retinaface/core'
import type { ExecutionProvider } from './execution-provider.ts'

type Name = ExecutionProvider['name']

const names: readonly Name[] = ['wasm', 'webgpu', 'webnn']

/** Why this browser cannot run a provider, as far as it can be told beforehand. */
export async function findObstacle(name: Name): Promise<string | undefined> {
  if (name === 'webgpu') return findGpuObstacle()
  if (name === 'webnn' && !('ml' in navigator)) return 'this browser has no WebNN (navigator.ml).'
  return undefined
}

/** Says that a provider cannot be used and which can. */
export async function providerUnavailable(
  provider: Name,
  problem: string,
  cause?: unknown,
): Promise<ProviderUnavailableError> {
  const others = names.filter((name) => name !== provider)
  const obstacles = await Promise.all(others.map(findObstacle))
  const available = others.filter((_, i) => obstacles[i] === undefined)
  return new ProviderUnavailableError(provider, problem, available, cause)
}

async function findGpuObstacle(): Promise<string | undefined> {
  // Not in TypeScript's library for Node 20's time.
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<object | null> } }
  if (!gpu) {
    return 'this browser has no WebGPU (navigator.gpu), or the page is not served by HTTPS.'
  }
  if (!(await gpu.requestAdapter())) return 'WebGPU finds no graphics processor that it may use.'
  return undefined
}
