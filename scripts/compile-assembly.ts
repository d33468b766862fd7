import { fileURLToPath } from 'node:url'
import { main } from 'assemblyscript/asc'

/**
 * The WebAssembly module compiled from AssemblyScript; its memory is imported, it has no runtime.
 *
 * @param folder of the package
 * @param source within it
 * @param options of the compiler beside those of all kernels
 */
export async function compileAssembly(
  folder: URL,
  source: string,
  options: readonly string[] = [],
): Promise<Uint8Array> {
  let binary: Uint8Array | undefined
  const files = ['--baseDir', fileURLToPath(folder), '--outFile', 'kernel.wasm']
  const common = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd']
  const { error, stderr } = await main([source, ...common, ...options, ...files], {
    writeFile: (_name, contents) => {
      if (contents instanceof Uint8Array) binary = contents
    },
  })
  if (error !== null || binary === undefined) {
    throw new Error(`Could not compile ${source}: ${stderr.toString()}`, { cause: error })
  }
  return binary
}
