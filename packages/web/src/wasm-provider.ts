import type { ExecutionProvider } from './runtime/execution-provider.ts'

/**
 * WebAssembly with SIMD, and with threads where the page is cross-origin isolated. The default: it
 * runs everywhere, gives the faces that Node gives, and for a network this small needs no more.
 */
export const wasm: ExecutionProvider = {
  name: 'wasm',
  files: {
    runtime: new URL('../assets/generated/ort-wasm.mjs', import.meta.url).href,
    loader: new URL('../assets/generated/ort-wasm-simd-threaded.mjs', import.meta.url).href,
    wasm: new URL('../assets/generated/ort-wasm-simd-threaded.wasm', import.meta.url).href,
  },
}
