import type { ExecutionProvider } from './runtime/execution-provider.ts'

/**
 * WebAssembly for every network: those that the package's own kernels have the steps of run on these,
 * others on ONNX Runtime, whose files (14 MB) are fetched only then. For a network of your own, for
 * `mnet025-v1`, and for stages with a network of theirs.
 *
 * @example
 * import { createRetinaFace } from '@retinaface/web'
 * import { onnxruntime } from '@retinaface/web/onnxruntime'
 *
 * const model = { file: '/my-retinaface.onnx', configuration: 'mnet025-v1' }
 * const retinaface = await createRetinaFace({ model, provider: onnxruntime })
 */
export const onnxruntime: ExecutionProvider = {
  name: 'wasm',
  files: {
    runtime: new URL('../assets/generated/ort-wasm.mjs', import.meta.url).href,
    loader: new URL('../assets/generated/ort-wasm-simd-threaded.mjs', import.meta.url).href,
    wasm: new URL('../assets/generated/ort-wasm-simd-threaded.wasm', import.meta.url).href,
  },
  kernels: true,
}
