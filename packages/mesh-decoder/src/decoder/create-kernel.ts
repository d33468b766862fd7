import { InvalidArgumentError } from '../errors/retinaface-error.ts'
import type { KernelInstance } from '../wasm/kernel.ts'
import { instantiateSimdKernel } from '../wasm/simd-kernel.ts'
import { javascriptKernel } from './javascript-kernel.ts'

/** What carries out a network's arithmetic. */
export type KernelBackend = 'wasm-simd' | 'javascript'

/**
 * A kernel with memory of its own.
 *
 * @param bytes least size of the memory
 * @param backend default: WebAssembly SIMD where the engine has and allows it, else JavaScript
 * @throws InvalidArgumentError if `backend` is 'wasm-simd' and the engine lacks or forbids it.
 */
export function createKernel(bytes: number, backend?: KernelBackend): KernelInstance {
  const simd = backend === 'javascript' ? undefined : instantiateSimdKernel(bytes)
  if (simd !== undefined) return simd
  if (backend === 'wasm-simd') {
    throw new InvalidArgumentError(
      'backend',
      'javascript, since there is no WebAssembly SIMD here,',
      backend,
    )
  }
  const memory = new ArrayBuffer(Math.ceil(bytes / 4) * 4)
  return { memory, kernel: javascriptKernel(memory) }
}
