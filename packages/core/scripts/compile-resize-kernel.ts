import { compileAssembly } from '../../../scripts/compile-assembly.ts'

export const RESIZE_KERNEL_SOURCE = 'assembly/resize.ts'

/** The bytes of the WebAssembly module compiled from `assembly/resize.ts`. */
export function compileResizeKernel(): Promise<Uint8Array> {
  return compileAssembly(new URL('..', import.meta.url), RESIZE_KERNEL_SOURCE)
}
