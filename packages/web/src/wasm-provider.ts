import type { ExecutionProvider } from './runtime/execution-provider.ts'

/**
 * WebAssembly with SIMD, in kernels of this package. The default: it runs everywhere and gives the
 * faces that Node gives. It has the shipped networks but `mnet025-v1`; `onnxruntime` of
 * `@retinaface/web/onnxruntime` has all.
 */
export const wasm: ExecutionProvider = { name: 'wasm', kernels: true }
