import { fileURLToPath } from 'node:url'
import { main } from 'assemblyscript/asc'

const SOURCE = 'assembly/simd-kernel.ts'
const PACKAGE = fileURLToPath(new URL('..', import.meta.url))
const OPTIONS = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--importMemory']
const FILES = ['--baseDir', PACKAGE, '--outFile', 'kernel.wasm']

/** The bytes of the WebAssembly module compiled from `assembly/simd-kernel.ts`. */
export async function compileSimdKernel(): Promise<Uint8Array> {
  let binary: Uint8Array | undefined
  const { error, stderr } = await main([SOURCE, ...OPTIONS, ...FILES], {
    writeFile: (_name, contents) => {
      if (contents instanceof Uint8Array) binary = contents
    },
  })
  if (error !== null || binary === undefined) {
    throw new Error(`Could not compile ${SOURCE}: ${stderr.toString()}`, { cause: error })
  }
  return binary
}
