import { compileAssembly } from '../../../scripts/compile-assembly.ts'

export const SIMD_KERNEL_SOURCE = 'assembly/simd-kernel.ts'

/** The bytes of the WebAssembly module compiled from `assembly/simd-kernel.ts`. */
export function compileSimdKernel(): Promise<Uint8Array> {
  return compileAssembly(new URL('..', import.meta.url), SIMD_KERNEL_SOURCE)
}
