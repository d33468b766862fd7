import type { ExecutionProvider } from './runtime/execution-provider.ts'

/**
 * WebAssembly with SIMD. The default: it runs everywhere and gives the faces that Node gives.
 *
 * The shipped networks but `mnet025-v1` run on kernels of this package; others on ONNX Runtime, whose
 * files are fetched only then.
 */
export const wasm: ExecutionProvider = {
  name: 'wasm',
  files: {
    runtime: new URL('../assets/generated/ort-wasm.mjs', import.meta.url).href,
    loader: new URL('../assets/generated/ort-wasm-simd-threaded.mjs', import.meta.url).href,
    wasm: new URL('../assets/generated/ort-wasm-simd-threaded.wasm', import.meta.url).href,
  },
  kernels: true,
}
