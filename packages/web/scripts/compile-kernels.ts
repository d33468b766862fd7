import { fileURLToPath } from 'node:url'
import { main } from 'assemblyscript/asc'

const SOURCE = 'assembly/kernels.ts'
const PACKAGE = fileURLToPath(new URL('..', import.meta.url))
// Shared memory has to have a maximum: all that WebAssembly can address.
const MEMORY = ['--importMemory', '--maximumMemory', '65536']
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', ...MEMORY]
const FILES = ['--baseDir', PACKAGE, '--outFile', 'kernels.wasm']

/** What each build of the kernels asks of the processor, the fastest first. */
export const KERNEL_FEATURES = {
  RELAXED_SIMD_KERNELS: ['simd', 'relaxed-simd'],
  SIMD_KERNELS: ['simd'],
} as const

/**
 * The WebAssembly module compiled from `assembly/kernels.ts`.
 *
 * @param features of the processor that it may use
 * @param options of the compiler beside those of the project
 */
export async function compileKernels(
  features: readonly string[],
  options: readonly string[] = [],
): Promise<Uint8Array> {
  let binary: Uint8Array | undefined
  const enabled = features.flatMap((feature) => ['--enable', feature])
  const { error, stderr } = await main([SOURCE, ...OPTIONS, ...options, ...enabled, ...FILES], {
    writeFile: (_name, contents) => {
      if (contents instanceof Uint8Array) binary = contents
    },
  })
  if (error !== null || binary === undefined) {
    throw new Error(`Could not compile ${SOURCE}: ${stderr.toString()}`, { cause: error })
  }
  return binary
}
