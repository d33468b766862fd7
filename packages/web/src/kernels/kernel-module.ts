import { decodeKernels } from './decode-kernels.ts'
import { RELAXED_SIMD_KERNELS, SIMD_KERNELS } from './generated/kernel-bytes.ts'

// In pages of 64 KiB: all that WebAssembly can address, as `scripts/compile-kernels.ts` says.
const limits = { initial: 1, maximum: 65_536 }

/** The functions of `assembly/kernels.ts`, which says what each does. */
export interface Kernels {
  convolve(...numbers: number[]): void
  winograd(...numbers: number[]): void
  depthwise(...numbers: number[]): void
  add(...numbers: number[]): void
  maxPool(...numbers: number[]): void
  readPixels(...numbers: number[]): void
  clear(...numbers: number[]): void
}

/** The kernels, compiled, and the memory that they work on; every thread makes its own functions. */
export interface KernelModule {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
}

/**
 * Compiles the fastest kernels that this browser can run: those of relaxed SIMD, whose fused
 * multiply-add is a third faster, or else those of SIMD.
 *
 * @param isShared whether several threads are to work on the memory
 */
export async function loadKernels(isShared: boolean): Promise<KernelModule> {
  try {
    return await compileKernels(RELAXED_SIMD_KERNELS, isShared)
  } catch {
    return compileKernels(SIMD_KERNELS, isShared)
  }
}

/** @param encoded a build of the kernels in base64 */
export async function compileKernels(encoded: string, isShared: boolean): Promise<KernelModule> {
  const module = await WebAssembly.compile(decodeKernels(encoded, isShared))
  return { module, memory: new WebAssembly.Memory({ ...limits, shared: isShared }) }
}

/** @param thread from 0 */
export async function startKernels(
  { module, memory }: KernelModule,
  thread: number,
): Promise<Kernels> {
  const imports = { env: { memory }, thread: { NUMBER: thread } }
  const { exports } = await WebAssembly.instantiate(module, imports)
  return exports as unknown as Kernels
}
