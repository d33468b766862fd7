import { compileAssembly } from '../../../scripts/compile-assembly.ts'

// Shared memory has to have a maximum: all that WebAssembly can address.
const OPTIONS = ['--maximumMemory', '65536']

/** What each build of the kernels asks of the processor beside SIMD, the fastest first. */
export const KERNEL_FEATURES = {
  RELAXED_SIMD_KERNELS: ['relaxed-simd'],
  SIMD_KERNELS: [],
} as const

/**
 * The WebAssembly module compiled from `assembly/kernels.ts`.
 *
 * @param features of the processor that it may use beside SIMD
 * @param options of the compiler beside those of the project
 */
export function compileKernels(
  features: readonly string[],
  options: readonly string[] = [],
): Promise<Uint8Array> {
  const enabled = features.flatMap((feature) => ['--enable', feature])
  const all = [...OPTIONS, ...options, ...enabled]
  return compileAssembly(new URL('..', import.meta.url), 'assembly/kernels.ts', all)
}
