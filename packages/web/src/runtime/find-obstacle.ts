import type { ExecutionProvider } from './execution-provider.ts'

/** Why this browser cannot run the provider, as far as it can be told beforehand. */
export async function findObstacle(name: ExecutionProvider['name']): Promise<string | undefined> {
  if (name === 'webgpu') return findGpuObstacle()
  if (name === 'webnn' && !('ml' in navigator)) return 'This browser has no WebNN (navigator.ml).'
  return undefined
}

async function findGpuObstacle(): Promise<string | undefined> {
  // Not in TypeScript's library for Node 20's time.
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<object | null> } }
  if (!gpu) {
    return 'This browser has no WebGPU (navigator.gpu), or the page is not served by HTTPS.'
  }
  if (!(await gpu.requestAdapter())) return 'WebGPU finds no graphics processor that it may use.'
  return undefined
}
