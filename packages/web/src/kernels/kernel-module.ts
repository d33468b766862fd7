import { RELAXED_SIMD_KERNELS, SIMD_KERNELS } from './generated/kernel-bytes.ts'

/** The functions of `assembly/kernels.ts`, which says what each does. */
export interface Kernels {
  convolve(...numbers: number[]): void
  winograd(...numbers: number[]): void
  depthwise(...numbers: number[]): void
  addEnlarged(...numbers: number[]): void
  readPixels(...numbers: number[]): void
  clearBorder(...numbers: number[]): void
}

/** The kernels and the memory that they work on. */
export interface KernelModule {
  readonly kernels: Kernels
  readonly memory: WebAssembly.Memory
}

/**
 * Compiles the fastest kernels that this browser can run: those of relaxed SIMD, whose fused
 * multiply-add is a third faster, or else those of SIMD.
 */
export async function loadKernels(): Promise<KernelModule> {
  try {
    return await compileKernels(RELAXED_SIMD_KERNELS)
  } catch {
    return compileKernels(SIMD_KERNELS)
  }
}

/** @param encoded a build of the kernels in base64 */
export async function compileKernels(encoded: string): Promise<KernelModule> {
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0))
  const memory = new WebAssembly.Memory({ initial: 1 })
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } })
  return { kernels: instance.exports as unknown as Kernels, memory }
}
